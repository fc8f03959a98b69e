"""The routes by which the operator, by command or at the television, has the agent do something."""

from typing import Annotated

from fastapi import Body, FastAPI

from agent.api.documented import add_route
from agent.api.operating import change_key, export, import_receipts, lower
from agent.api.parts import Parts
from agent.errors import ApiError, cause
from study import local_api
from study.local_api import (
    CorrectionReply,
    CorrectionRequest,
    ExportReply,
    ImportReply,
    KeyReply,
)
from study.operator_api import OPERATOR_PIN, OperatorPinReply
from study.units import LONGEST_MS

_Place = Annotated[str, Body(embed=True, min_length=1, max_length=4_096, pattern=r"^/[^\x00]*$")]
"""An absolute path on this box."""

_Pin = Annotated[str, Body(embed=True, pattern=r"^[0-9]{6}$")]
_SessionId = Annotated[int, Body(ge=1, le=LONGEST_MS)]
_Milliseconds = Annotated[int, Body(ge=0, le=LONGEST_MS)]
_Words = Annotated[str, Body(min_length=1, max_length=200)]


def add_operating(app: FastAPI, parts: Parts) -> None:
    """As with every route: plain functions, which wait for the disk on worker threads."""

    def export_records(folder: _Place) -> ExportReply:
        return export(parts, folder)

    def take_receipts(path: _Place) -> ImportReply:
        reply = import_receipts(parts, path)
        parts.kick_mirror()
        return reply

    def correction(
        session_id: _SessionId, played_ms: _Milliseconds, who: _Words, why: _Words
    ) -> CorrectionReply:
        told = CorrectionRequest(session_id=session_id, played_ms=played_ms, who=who, why=why)
        reply = lower(parts, told)
        parts.kick_sync()
        return reply

    def key_rotation() -> KeyReply:
        return change_key(parts)

    def operator_pin(digits: _Pin) -> OperatorPinReply:
        try:
            parts.take_operator_pin(digits)
        except OSError as error:
            words = f"密码没有存到本机服务（{cause(error)}），管理页还不能用；请检查磁盘"
            raise ApiError(507, "disk_full", words) from error
        return OperatorPinReply(is_kept=True)

    add_route(app, "POST", OPERATOR_PIN, operator_pin, OperatorPinReply, 422, 507)
    add_route(app, "POST", local_api.EXPORT, export_records, ExportReply, 409, 422, 507)
    add_route(app, "POST", local_api.IMPORT, take_receipts, ImportReply, 409, 422, 507)
    add_route(app, "POST", local_api.CORRECTION, correction, CorrectionReply, 422, 507)
    add_route(app, "POST", local_api.KEY_ROTATION, key_rotation, KeyReply, 403, 409, 507)
