"""One run over the sets: inputs, predictions, scores."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from byline.evaluation.predictions import Predictor
from byline.evaluation.scores import Score, score, write_inputs
from byline.evaluation.sets import DataSet


def evaluate(sets: Sequence[DataSet], shared: Path, cache: Path) -> Iterator[Score]:
    """Yield each set's figures as they are measured; predictions are kept below `cache`."""
    with TemporaryDirectory() as scratch, closing(Predictor(cache)) as predictor:
        for dataset in sets:
            inputs = Path(scratch, dataset.id)
            write_inputs(dataset, shared, inputs)
            predictions = predictor.predictions(dataset.id, inputs, templates=dataset.scorer == "muc4")
            yield from score(dataset, shared, predictions)
