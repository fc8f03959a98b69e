"""Reports of the television, taken in durably before they are acknowledged."""

from agent.api.parts import Parts
from agent.records.report import Report
from agent.stores.delivery.epochs import current
from agent.stores.groups.recording import note_late
from agent.stores.groups.silence import hear_report
from agent.stores.sessions.session_log import PlayState, add_report
from study.local_api import PlayReply, ReportReply


def take_report(parts: Parts, report: Report) -> ReportReply:
    """Raises DiskFullError or StoreError; then nothing was taken and the television sends it again."""
    with parts.database.writing() as tables:
        before = current(tables).next_seq
        states = add_report(tables, report, parts.guides)
        hear_report(tables, report)
        note_late(tables, report)
        has_records = current(tables).next_seq > before
    if has_records:
        parts.kick_sync()
    return ReportReply(accepted=report.report_seq, plays=[_reply(state) for state in states])


def _reply(state: PlayState) -> PlayReply:
    watching = state.watching
    return PlayReply(
        play_id=state.play_id,
        session_id=str(state.session_id),
        played_ms=watching.facts.played_ms,
        covered_ms=watching.facts.covered_ms,
        effective_ms=watching.verdict.effective_ms,
        counted=watching.verdict.counted,
        why=watching.verdict.why,
        need_ms=state.need_ms,
    )
