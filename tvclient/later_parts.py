"""What a television has besides home: what plays, the voice, the keys of the box's devices, other screens.

Importing all of this takes longer than everything up to home's first picture; it is imported after that.
"""

import logging
from collections.abc import Mapping
from contextlib import ExitStack

from kivy.core.window import Window

from tvclient.box_keys import BoxKeys, device_kinds
from tvclient.keymaps import own_folder, read_keymap
from tvclient.phone_keys import PhoneKeys
from tvclient.playback.errors import PlaybackError
from tvclient.playback.player import Statistics
from tvclient.playback.sound import SoundOutput, SoundPlace
from tvclient.playback.voice import Voice
from tvclient.remote.key import Key
from tvclient.remote.own_keymap import OwnKeymap
from tvclient.screens.article import Article
from tvclient.screens.category import Category
from tvclient.screens.course import Course
from tvclient.screens.enrolment import Enrolment
from tvclient.screens.group_correction import GroupCorrection
from tvclient.screens.group_member import GroupMember
from tvclient.screens.group_plan import GroupPlan
from tvclient.screens.group_study import GroupStudy
from tvclient.screens.group_summary import GroupSummary
from tvclient.screens.guide import Guide
from tvclient.screens.key_teacher import KeyTeacher, Told
from tvclient.screens.learn_keys import LearnKeys
from tvclient.screens.message import Message
from tvclient.screens.navigator import Maker
from tvclient.screens.phone_input import PhoneInput
from tvclient.screens.pin import Pin
from tvclient.screens.player import Player
from tvclient.screens.player_video import Studio
from tvclient.screens.read_aloud import Change, ReadAloud, Trouble
from tvclient.screens.ready_item import ReadyItem
from tvclient.screens.screen import Screen
from tvclient.screens.search import Search
from tvclient.screens.services import Services
from tvclient.screens.settings import AdminSettings
from tvclient.screens.station_record import StationRecord
from tvclient.shell import Shell
from tvclient.studio import make_studio, stop_studio
from tvclient.words import _

log = logging.getLogger(__name__)


class LaterParts:
    """One television's. Drawing thread only; what it starts is stopped by `parts`."""

    def __init__(self, shell: Shell, parts: ExitStack) -> None:
        self._shell = shell
        self._ready = ReadyItem(shell.agent, shell.background, shell.clocks.boottime_ms)
        self._voice = Voice()
        parts.callback(self._voice.close)
        self._studio: Studio | None = None
        self._no_studio = ""
        self._open_studio(parts)
        box_keys = BoxKeys(
            device_kinds(shell.settings),
            shell.hear,
            shell.keys.lost,
            shell.on_next_turn,
            shell.clocks.boottime_ms,
        )
        box_keys.start()
        parts.callback(box_keys.stop)
        phone_keys = PhoneKeys(
            shell.agent,
            shell.on_next_turn,
            PhoneInput(shell.navigator, self._press).take,
            lambda: shell.keys.at_rest,
            shell.clocks.boottime_ms,
        )
        parts.callback(phone_keys.stop)
        shell.agent.when_phones_may(phone_keys.listen)
        # A group study may go on from before this television was started.
        phone_keys.listen()

    def makers(self) -> Mapping[str, Maker]:
        """All screens but home, by their names."""
        return {
            "category": Category,
            "course": lambda services, course_id: Course(services, self._ready, course_id),
            "player": self.make_player,
            "group_study": GroupStudy,
            "group_correction": GroupCorrection,
            "group_plan": GroupPlan,
            "group_member": GroupMember,
            "group_summary": GroupSummary,
            "station_record": StationRecord,
            "message": Message,
            "search": Search,
            "live": Guide,
            "pin": Pin,
            "learn_keys": lambda services: LearnKeys(services, self._make_teacher),
            "settings": lambda services: AdminSettings(
                services, self._shell.layers.volume, self._shell.refit
            ),
            "article": self._make_article,
            "enrolment": Enrolment,
        }

    def make_player(self, services: Services, item_id: str, from_start: bool = False) -> Screen:
        """Words instead where nothing can be played."""
        if self._studio is None:
            return Message(services, _("这台电视现在不能播放"), self._no_studio)
        self._shell.layers.volume.remind()
        return Player(services, self._studio, self._ready, item_id, from_start)

    def _make_teacher(self, told: Told) -> KeyTeacher:
        shell = self._shell
        return KeyTeacher(
            shell.keys,
            OwnKeymap(own_folder(shell.settings)),
            lambda: read_keymap(shell.settings),
            shell.background,
            shell.clocks.boottime_ms,
            told,
        )

    def _make_article(self, services: Services, article_id: str) -> Screen:
        studio = self._studio
        if studio is None:
            return Article(services, article_id, self._make_aloud)
        return Article(services, article_id, self._make_aloud, studio.reporter, studio.boot)

    def _make_aloud(self, change: Change, trouble: Trouble) -> ReadAloud:
        video = self._shell.layers.video
        return ReadAloud(self._voice, self._shell.background, video, _is_heard, change, trouble)

    def _open_studio(self, parts: ExitStack) -> None:
        shell = self._shell
        try:
            self._studio = make_studio(
                shell.settings,
                shell.agent,
                shell.clocks.boottime_ms,
                shell.on_next_turn,
                Window.size,
                self._note_frames,
                shell.stage.limit,
            )
        except PlaybackError as error:
            log.error("%s", error.words)
            self._no_studio = error.words
        else:
            parts.callback(stop_studio, self._studio)
            shell.layers.video = self._studio.video
            shell.refit()
            self._studio.video.player.set_volume(shell.layers.volume.volume.loudness)

    def _press(self, key: Key) -> None:
        if Window.focus:  # whoever has another window in front works there
            self._shell.keys.press(key)

    def _note_frames(self, frames: Statistics) -> None:
        log.info("这次播放显示 %d 帧，丢 %d 帧。", frames.frames_shown, frames.frames_lost)
        self._shell.note({"frames": {"shown": frames.frames_shown, "lost": frames.frames_lost}})


def _is_heard() -> bool:
    return SoundPlace().choose() is not SoundOutput.NONE
