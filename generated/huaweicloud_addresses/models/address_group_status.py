from enum import StrEnum


class AddressGroupStatus(StrEnum):
    NORMAL = "NORMAL"
    UPDATE_FAILED = "UPDATE_FAILED"
    UPDATING = "UPDATING"

    def __str__(self) -> str:
        return str(self.value)
