"""The sound of a new alarm: two short tones, played by what the platform has."""

import io
import math
import shutil
import struct
import sys
import wave
from pathlib import Path

from PySide6.QtCore import QObject, QProcess
from PySide6.QtWidgets import QApplication

RATE = 22_050
TONES_HZ = (880.0, 660.0)
TONE_S = 0.18


def chime() -> bytes:
    """A WAV of two falling tones, 16 bit mono."""
    per_tone = int(RATE * TONE_S)
    samples = bytearray()
    for hertz in TONES_HZ:
        for i in range(per_tone):
            fade = min(1.0, i / 400, (per_tone - i) / 1500)
            level = 0.35 * fade * math.sin(2 * math.pi * hertz * i / RATE)
            samples += struct.pack("<h", round(level * 32767))
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(bytes(samples))
    return file.getvalue()


class Sound(QObject):
    """Rings at most once at a time; without a player the system's own beep."""

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._file = folder / "alarm.wav"
        self._player = next(filter(None, map(shutil.which, ("paplay", "aplay"))), None)
        self._process = QProcess(self)
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.setStandardErrorFile(QProcess.nullDevice())

    def prepare(self) -> None:
        """Write the file if there is none; run it off the GUI thread."""
        if self._file.exists():
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        half = self._file.with_suffix(".part")
        half.write_bytes(chime())
        half.replace(self._file)

    def ring(self) -> None:
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(self._file), winsound.SND_FILENAME | winsound.SND_ASYNC)
        elif self._player is None:
            QApplication.beep()
        elif self._process.state() == QProcess.ProcessState.NotRunning:
            self._process.start(self._player, [str(self._file)])

    def stop(self) -> None:
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(500)
