"""Measures what cleaning does against gold: precision and recall of the body, and of each rule and heuristic.

Pure: texts, articles and gold go in, frozen figures come out. `cleaner eval` and the quality gate of the
tests are made of it; the pipeline does not import it.
"""

from cleaner.measure.fields import Gold
from cleaner.measure.figures import GroupScore, LeftLine, LostLine, Report, RuleScore
from cleaner.measure.measurement import Measurement

__all__ = ["Gold", "GroupScore", "LeftLine", "LostLine", "Measurement", "Report", "RuleScore"]
