"""Settings are read once, refuse what they do not know, and take only addresses from the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.errors import Misconfigured
from workers.settings import ADDRESSES, Settings, Stages, read_settings


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    """A copy of config/ to spoil."""
    made = tmp_path / "config"
    made.mkdir()
    (made / "settings.toml").write_bytes((root / "config" / "settings.toml").read_bytes())
    return made


def spoil(folder: Path, old: str, new: str) -> None:
    path = folder / "settings.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_committed_settings_are_valid_and_name_every_stage(root: Path) -> None:
    settings = read_settings(root / "config", {})
    assert {settings.stages.of(name).queue for name in Stages.model_fields} == set(Stages.model_fields)


def test_an_unknown_key_is_refused_by_name_with_the_file_and_the_nearest_known_key(folder: Path) -> None:
    spoil(folder, "max_redirects", "max_redirect")
    with pytest.raises(Misconfigured) as caught:
        read_settings(folder, {})
    message = str(caught.value)
    assert "settings.toml" in message
    assert "unknown key fetch.max_redirect; did you mean max_redirects?" in message


def test_an_unknown_key_in_a_stage_names_its_neighbour(folder: Path) -> None:
    spoil(folder, "hard_time_limit", "hard_timelimit")
    with pytest.raises(Misconfigured, match=r"stages.fetch.hard_timelimit; did you mean hard_time_limit"):
        read_settings(folder, {})


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("visibility_timeout = 1800", "visibility_timeout = 100", "must be above twice"),
        ("soft_time_limit = 180", "soft_time_limit = 210", "must be below"),
        ("max_bytes = 52428800", 'max_bytes = "much"', "fetch.max_bytes"),
        ("[broker]", "[broker", "is not valid TOML"),
        ("attempts = 5", "attempts = 0", "stages.fetch.attempts"),
    ],
)
def test_settings_that_cannot_hold_are_refused_with_a_sentence(folder: Path, old: str, new: str, sentence: str) -> None:
    spoil(folder, old, new)
    with pytest.raises(Misconfigured, match=sentence):
        read_settings(folder, {})


def test_a_missing_file_names_itself(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"settings\.toml cannot be read \(No such file"):
        read_settings(tmp_path, {})


def test_the_environment_gives_addresses_and_nothing_else(folder: Path) -> None:
    wanted = {name: f"sqlite:////{name}" for name in ADDRESSES}
    settings = read_settings(folder, {**wanted, "GONGBAO_FETCH_PACE": "0"})
    said = {name: getattr(getattr(settings, block), key) for name, (block, key) in ADDRESSES.items()}
    assert said["GONGBAO_BROKER_URL"] == wanted["GONGBAO_BROKER_URL"]
    assert said["GONGBAO_DATABASE_URL"] == wanted["GONGBAO_DATABASE_URL"]
    assert settings.fetch == read_settings(folder, {}).fetch


def test_relative_paths_mean_the_folder_beside_config(folder: Path) -> None:
    storage = read_settings(folder, {}).storage
    assert storage.database == f"sqlite:///{folder.parent}/var/gongbao.sqlite"
    assert storage.artefacts == f"{folder.parent}/var/artefacts"


def test_settings_cannot_be_changed(root: Path) -> None:
    settings = read_settings(root / "config", {})
    with pytest.raises(ValueError, match="frozen"):
        settings.broker = settings.broker  # type: ignore[misc]


def test_every_key_is_explained() -> None:
    def blocks(model: type) -> list[type]:
        found = [model]
        for info in model.model_fields.values():  # type: ignore[attr-defined]
            kind = info.annotation
            if isinstance(kind, type) and hasattr(kind, "model_fields"):
                found += blocks(kind)
        return found

    for block in blocks(Settings)[1:]:
        for name, info in block.model_fields.items():  # type: ignore[attr-defined]
            nested = isinstance(info.annotation, type) and hasattr(info.annotation, "model_fields")
            assert nested or info.description, f"{block.__name__}.{name}"
