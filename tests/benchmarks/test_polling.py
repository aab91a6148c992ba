"""The benchmark of polling, for one kind of clip: in virtual time it takes a moment, and its figures never change."""

from tests.benchmarks.figures import Report
from tests.benchmarks.polling import many
from tests.benchmarks.renders import Kinds


def test_a_hundred_jobs_at_once_stay_under_the_limit() -> None:
    report = Report()
    many(report, Kinds(median_s=40, spread=0.35))
    assert report.kept
