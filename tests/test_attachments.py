"""Documents that arrive damaged."""

from __future__ import annotations

import io
import zipfile

import pytest

from crisis_plan.web.attachments import ODT, media_type_of
from crisis_plan.web.uploads import UploadRefused


def odt(packing: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packing) as archive:
        archive.writestr("mimetype", ODT)
        archive.writestr("content.xml", "<x/>")
    return made.getvalue()


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
@pytest.mark.parametrize("noise", [b"\x00", b"\xff"])
def test_an_odt_whose_bytes_are_spoiled_is_refused_in_a_sentence(packing: int, noise: bytes) -> None:
    content = odt(packing)
    assert media_type_of(content) == ODT
    begins = zipfile.ZipFile(io.BytesIO(content)).getinfo("mimetype").header_offset + 30 + len("mimetype")
    with pytest.raises(UploadRefused, match="n’est pas un document complet"):
        media_type_of(content[:begins] + noise * 30 + content[begins + 30 :])
