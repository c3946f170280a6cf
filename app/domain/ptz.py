"""Steering a camera: velocities, presets, and the eight bytes that GB/T 28181 makes of them.

Source: TOCC domain handbook 4.3. Byte 1 is A5, byte 2 version and check nibble, byte 3 the
lower eight bits of the address, byte 4 the bits of the command, bytes 5 to 7 its speeds or the
number of a preset, the upper four bits of the address; byte 8 is the sum.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Move:
    """Velocities of −1 to 1 (1 = the camera's fastest): right, up and closer are positive."""

    pan: float = 0.0
    tilt: float = 0.0
    zoom: float = 0.0

    def __post_init__(self) -> None:
        """Raises ValueError for what is no velocity."""
        if not all(-1.0 <= speed <= 1.0 for speed in (self.pan, self.tilt, self.zoom)):
            raise ValueError(f"no velocity: {self.pan}, {self.tilt}, {self.zoom}")


STILL = Move()


class PresetAct(StrEnum):
    SET = "SET"
    CALL = "CALL"
    DELETE = "DELETE"


@dataclass(frozen=True, slots=True)
class PresetCommand:
    """`number` is 1 to 255."""

    act: PresetAct
    number: int

    def __post_init__(self) -> None:
        """Raises ValueError for a number that a camera cannot have."""
        if not 1 <= self.number <= 255:
            raise ValueError(f"no preset: {self.number}")


_HEAD, _VERSION = 0xA5, 0x0F
_RIGHT, _LEFT, _DOWN, _UP, _CLOSER, _WIDER = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
_PRESETS = {PresetAct.SET: 0x81, PresetAct.CALL: 0x82, PresetAct.DELETE: 0x83}
_ACTS = {code: act for act, code in _PRESETS.items()}
_ADDRESSES = 0x1000


def encode(command: Move | PresetCommand, address: int = 1) -> str:
    """The command as 16 hexadecimal digits. Raises ValueError for an address over 0xFFF."""
    if not 0 <= address < _ADDRESSES:
        raise ValueError(f"no address: {address}")
    if isinstance(command, Move):
        code, across, along, zoom = _speeds(command)
    else:
        code, across, along, zoom = _PRESETS[command.act], 0, command.number, 0
    body = (_HEAD, _VERSION, address & 0xFF, code, across, along, zoom << 4 | address >> 8)
    return bytes((*body, sum(body) % 256)).hex().upper()


def decode(text: str) -> tuple[int, Move | PresetCommand]:
    """Address and command of 16 hexadecimal digits. Raises ValueError for anything else."""
    data = bytes.fromhex(text)
    if len(data) != 8 or data[0] != _HEAD or data[1] != _VERSION:
        raise ValueError(f"no PTZ command: {text}")
    if sum(data[:7]) % 256 != data[7]:
        raise ValueError(f"wrong sum: {text}")
    address, code, zoom = data[2] | (data[6] & 0x0F) << 8, data[3], data[6] >> 4
    if code in _ACTS:
        return address, PresetCommand(_ACTS[code], data[5])
    if code & ~0x3F or any(code & pair == pair for pair in (0x03, 0x0C, 0x30)):
        raise ValueError(f"unknown PTZ command: {text}")
    return address, Move(
        _signed(code, _RIGHT, _LEFT, data[4] / 255),
        _signed(code, _UP, _DOWN, data[5] / 255),
        _signed(code, _CLOSER, _WIDER, zoom / 15),
    )


def _speeds(move: Move) -> tuple[int, int, int, int]:
    """Bits of the command, then the speeds across, along and of the zoom."""
    bits = (
        _bit(move.pan, _RIGHT, _LEFT)
        | _bit(move.tilt, _UP, _DOWN)
        | _bit(move.zoom, _CLOSER, _WIDER)
    )
    return bits, _steps(move.pan, 255), _steps(move.tilt, 255), _steps(move.zoom, 15)


def _bit(speed: float, positive: int, negative: int) -> int:
    return positive if speed > 0 else negative if speed < 0 else 0


def _steps(speed: float, most: int) -> int:
    """A speed that is not nothing moves the camera, however small it is."""
    return max(1, round(abs(speed) * most)) if speed else 0


def _signed(code: int, positive: int, negative: int, speed: float) -> float:
    return speed if code & positive else -speed if code & negative else 0.0
