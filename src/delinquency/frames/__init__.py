"""Data frames in and out: pandas, polars, pyarrow, duckdb, and whatever else speaks Arrow.

The one idea: a frame is a way to hand columns over, not a way to hold a book. :func:`read` checks columns
once and makes a :class:`~delinquency.portfolio.Portfolio` of them, over the same memory where it can;
:func:`book_to_frames` is its inverse. pyarrow is imported when a frame is first read or written.
"""

from delinquency.frames.answers import (
    ageing_history_to_frame,
    ageing_to_frame,
    assessment_to_frame,
    history_to_frame,
    instalment_ages_to_frame,
    next_payment_to_frame,
)
from delinquency.frames.back_test_frames import back_test_to_frame
from delinquency.frames.batches import book_from_record_batches, book_to_record_batch
from delinquency.frames.book_status import status_to_frame
from delinquency.frames.early_warning_frames import (
    early_warning_to_frame,
    observations_to_frame,
)
from delinquency.frames.obligor_frames import obligors_to_frame
from delinquency.frames.observation_frames import read_observations
from delinquency.frames.outcome_frames import read_outcomes
from delinquency.frames.owed_answers import breakdown_to_frame, waiver_effect_to_frame
from delinquency.frames.penalty_answers import penalty_interest_to_frame
from delinquency.frames.plan_answers import (
    due_months_to_frame,
    plan_comparison_to_frame,
    restructuring_to_frame,
)
from delinquency.frames.plan_rows import compliance_to_frame, planned_rows_to_frame
from delinquency.frames.proposal_frames import account_proposals_to_frame, proposals_to_frame
from delinquency.frames.reader import read
from delinquency.frames.report import (
    ColumnReport,
    Quarantine,
    ReadReport,
    ReadResult,
    TableReport,
)
from delinquency.frames.schedule_frames import amortisation_to_frame, schedules_to_frame
from delinquency.frames.statement_frames import read_statements, score_statements
from delinquency.frames.status_answers import (
    status_days_to_frame,
    status_months_to_frame,
    status_spans_to_frame,
)
from delinquency.frames.warning_frames import signal_scores_to_frame, signals_to_frame
from delinquency.frames.writing import book_to_frames, to_frame

__all__ = [
    "ColumnReport",
    "Quarantine",
    "ReadReport",
    "ReadResult",
    "TableReport",
    "account_proposals_to_frame",
    "ageing_history_to_frame",
    "ageing_to_frame",
    "amortisation_to_frame",
    "assessment_to_frame",
    "back_test_to_frame",
    "book_from_record_batches",
    "book_to_frames",
    "book_to_record_batch",
    "breakdown_to_frame",
    "compliance_to_frame",
    "due_months_to_frame",
    "early_warning_to_frame",
    "history_to_frame",
    "instalment_ages_to_frame",
    "next_payment_to_frame",
    "obligors_to_frame",
    "observations_to_frame",
    "penalty_interest_to_frame",
    "plan_comparison_to_frame",
    "planned_rows_to_frame",
    "proposals_to_frame",
    "read",
    "read_observations",
    "read_outcomes",
    "read_statements",
    "restructuring_to_frame",
    "schedules_to_frame",
    "score_statements",
    "signal_scores_to_frame",
    "signals_to_frame",
    "status_days_to_frame",
    "status_months_to_frame",
    "status_spans_to_frame",
    "status_to_frame",
    "to_frame",
    "waiver_effect_to_frame",
]
