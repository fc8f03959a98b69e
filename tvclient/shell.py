"""What a television has from its first picture on, as those of its parts may use it that come later."""

from collections.abc import Callable
from dataclasses import dataclass

from tvclient.agent_client.client import AgentClient
from tvclient.background import Background, Deliver
from tvclient.kept_choices import KeptChoices
from tvclient.remote.key_signal import KeySignal, Standby
from tvclient.screens.key_input import KeyInput
from tvclient.screens.navigator import Navigator
from tvclient.screens.services import Clocks
from tvclient.screens.top_layers import TopLayers
from tvclient.settings import Settings
from tvclient.widgets.stage import Stage


@dataclass(frozen=True, slots=True)
class Shell:
    """Drawing thread only, but for `on_next_turn`, which brings a call onto it from any thread."""

    settings: Settings
    agent: AgentClient
    background: Background
    choices: KeptChoices
    clocks: Clocks
    stage: Stage
    layers: TopLayers
    keys: KeyInput
    navigator: Callable[[], Navigator]
    on_next_turn: Deliver
    hear: Callable[[KeySignal | Standby], None]
    """Told what the box's own devices said."""
    refit: Callable[[], None]
    """Fits everything to the window again."""
    note: Callable[[dict[str, object]], None]
    """Writes an event down, where that is wanted."""
