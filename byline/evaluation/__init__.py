"""How right Byline is: the program run over gold data, scored by scorers that know nothing of it.

Which sets there are, and what others reached on them, stands in knowledge/evaluation.toml; scorers and gold are a
folder of the user's (`SHARED/score`, `SHARED/gold`). Gold, too, is what reviewers of an archive have judged.
"""

from byline.evaluation.evaluating import evaluate
from byline.evaluation.gold import evaluate_gold
from byline.evaluation.predictions import default_cache
from byline.evaluation.sets import DataSet, chosen_sets

__all__ = ["DataSet", "chosen_sets", "default_cache", "evaluate", "evaluate_gold"]
