"""Contracts are frozen, refuse what they do not know, and are committed as JSON Schema."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

import schemas
from schemas import CONTRACTS, Contract, Ticket
from workers.export_schemas import FOLDER, exported

TICKET = Ticket(document_id="0" * 32, stage="normalise", artefact="sha256:" + "f" * 64, run=2**31)


def test_committed_json_schemas_are_those_of_the_models() -> None:
    """A contract that changes without `make schemas` fails here."""
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert committed == exported()


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda c: c.CONTRACT)
def test_a_contract_names_its_version_in_its_json(contract: type[Contract]) -> None:
    field = contract.model_fields["contract"]
    assert field.default == contract.CONTRACT
    schema = json.loads(exported()[contract.CONTRACT.replace("/", "-") + ".json"])
    assert schema["additionalProperties"] is False
    assert schema["properties"]["contract"]["const"] == contract.CONTRACT


def test_every_contract_is_listed_once() -> None:
    def below(kind: type[Contract]) -> set[type[Contract]]:
        return {kind} | {c for sub in kind.__subclasses__() for c in below(sub)}

    assert below(Contract) - {Contract} == set(CONTRACTS)
    assert len({c.CONTRACT for c in CONTRACTS}) == len(CONTRACTS)
    assert schemas.CONTRACTS[0].CONTRACT == "document/1"


def test_a_contract_refuses_an_unknown_field_and_another_version() -> None:
    data = json.loads(TICKET.to_bytes())
    with pytest.raises(ValidationError, match="extra_forbidden"):
        Ticket.model_validate({**data, "page": "<html>"})
    with pytest.raises(ValidationError, match="ticket/1"):
        Ticket.model_validate({**data, "contract": "ticket/2"})


def test_a_contract_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        TICKET.stage = "emit"  # type: ignore[misc]


def test_evolve_refuses_a_field_that_does_not_exist() -> None:
    assert TICKET.evolve(stage="emit").stage == "emit"
    with pytest.raises(TypeError, match="no field sta"):
        TICKET.evolve(sta="emit")


def test_equal_contracts_give_equal_bytes_and_come_back_whole() -> None:
    assert Ticket.from_bytes(TICKET.to_bytes()) == TICKET
    assert Ticket.from_bytes(TICKET.to_bytes()).to_bytes() == TICKET.to_bytes()


def test_the_largest_ticket_is_under_a_kilobyte() -> None:
    assert len(TICKET.to_bytes()) < 1024
