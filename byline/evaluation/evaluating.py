"""One run over the sets: inputs, predictions, scores."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from byline.evaluation.maps import write_map
from byline.evaluation.predictions import Predictor
from byline.evaluation.scores import Score, score, write_inputs
from byline.evaluation.sets import DataSet
from byline.run.job import Settings


def evaluate(sets: Sequence[DataSet], shared: Path, cache: Path) -> Iterator[Score]:
    """Yield each set's figures as they are measured; predictions are kept below `cache`."""
    with TemporaryDirectory() as scratch, closing(Predictor(cache)) as predictor:
        for dataset in sets:
            inputs = Path(scratch, dataset.id)
            write_inputs(dataset, shared, inputs)
            settings = Settings(dataset.ontology) if dataset.ontology else Settings()
            predictions = predictor.predictions(dataset.id, inputs, settings, templates=dataset.scorer == "muc4")
            incidents = Path(scratch, f"{dataset.id}.map.json") if dataset.linked else None
            if incidents:
                write_map(dataset.scorer, predictions, incidents)
            yield from score(dataset, shared, predictions, incidents)
