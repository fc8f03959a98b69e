"""A real platform with one station and nothing to watch, for what boxes deliver."""

import subprocess
from pathlib import Path

from demo.house import free_port, wait_for_answer
from demo.programs import Program, command

STATION, ACCOUNT, CODE = "1101150047", "1101150047", "806459231748"
_SHEETS = {
    "districts": ["district", "大兴"],
    "stations": [
        "number,name,district,street,type,due,account,activation_code",
        f"{STATION},大兴区黄村镇埝坛村,大兴,黄村镇,village,1,{ACCOUNT},{CODE}",
    ],
}


class City:
    """The platform's process with its SQLite database in `folder`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self.port = free_port()
        serve = [*self._command(), "serve", "--port", str(self.port)]
        self._program = Program("市级平台", serve, folder / "city.log")
        self._do("init")
        for what, lines in _SHEETS.items():
            sheet = folder / f"{what}.csv"
            sheet.write_text("\n".join(lines) + "\n", encoding="utf-8")
            self._do("import", what, str(sheet))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self._folder / "data" / "municipal.db"

    def start(self) -> None:
        self._program.start()
        wait_for_answer(f"{self.url}/v1/health", self._program)

    def stop(self) -> None:
        self._program.stop()

    def _do(self, *words: str) -> None:
        subprocess.run([*self._command(), *words], check=True, capture_output=True)

    def _command(self) -> list[str]:
        return [command("zhanxue-municipal"), "--data", str(self._folder / "data")]
