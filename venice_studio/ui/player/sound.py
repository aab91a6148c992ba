"""The sound of the player: made late, and only where there is a device, because making it can block."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtMultimedia import QAudio, QAudioOutput, QMediaDevices, QMediaPlayer


class Sound(QObject):
    """Volume and mute, kept whether there is a device or not."""

    available_changed = Signal(bool)
    """Whether there is a device to hear it on; emitted once that is known, and when it changes."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._devices: QMediaDevices | None = None
        self._player: QMediaPlayer | None = None
        self._output: QAudioOutput | None = None
        self.volume = 0.8
        self.muted = False

    def attach(self, player: QMediaPlayer) -> None:
        """Give the player its sound, now and whenever the system's device changes. Not from inside a coroutine."""
        self._player = player
        if self._devices is None:
            self._devices = QMediaDevices(self)
            self._devices.audioOutputsChanged.connect(self._look)
            self._look()

    def detach(self) -> None:
        """Let go of the device; the player is about to go too."""
        if self._devices is not None:
            self._devices.audioOutputsChanged.disconnect(self._look)
        if self._output is not None:
            self._output.deleteLater()
        self._player = self._output = None

    def set_volume(self, volume: float) -> None:
        """How loud, 0 to 1 as the ear hears it."""
        self.volume = min(max(volume, 0.0), 1.0)
        self._pass_on()

    def set_muted(self, muted: bool) -> None:
        """Silence it, or not."""
        self.muted = muted
        self._pass_on()

    def _look(self) -> None:
        if self._player is None:
            return
        device = QMediaDevices.defaultAudioOutput()
        if self._output is not None:
            self._output.setDevice(device)
        elif not device.isNull():
            self._output = QAudioOutput(device, self)
            self._pass_on()
            self._player.setAudioOutput(self._output)
        self.available_changed.emit(not device.isNull())

    def _pass_on(self) -> None:
        if self._output is not None:
            ear, device = QAudio.VolumeScale.LogarithmicVolumeScale, QAudio.VolumeScale.LinearVolumeScale
            self._output.setVolume(QAudio.convertVolume(self.volume, ear, device))
            self._output.setMuted(self.muted)
