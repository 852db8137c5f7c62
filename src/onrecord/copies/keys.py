"""Keys by which texts are found that may be copies: those that share one are compared.

Bands of a MinHash find texts that have most of their words in common (Broder 1997; Leskovec et al.,
"Mining of Massive Datasets", 3.4). A sample of the shingles finds a text that is part of another
one, however much longer that is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Set
from dataclasses import dataclass

from rensa import RMinHash

BANDS = 32  # with rows of 4: of texts half the same 87% share a band, of those 70% the same 99.9%
ROWS = 4
SAMPLED = 16  # one shingle in so many is a key
MOST_SAMPLES = 64  # keys of a long text
FEWEST_SAMPLES = 3  # in common, from which texts are compared

_SEED = 20220311
_SIGN = 1 << 63  # databases have signed numbers of 64 bits


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a text, numbers of 64 bits with a sign; none for a text of a few words."""

    bands: tuple[int, ...]
    samples: tuple[int, ...]


def keys_of(shingles: Set[str]) -> Keys:
    """Return the keys of a text by its shingles; the same wherever and whenever they are made."""
    if not shingles:
        return Keys((), ())
    listed = sorted(shingles)
    (hashes,) = RMinHash.hash_token_sets([listed])
    signer = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    signer.update(listed)
    digest = signer.digest()
    bands = tuple(
        _numbered("band", at, *digest[at * ROWS : (at + 1) * ROWS]) for at in range(BANDS)
    )
    samples = sorted(one for one in hashes if one % SAMPLED == 0)[:MOST_SAMPLES]
    return Keys(bands, tuple(one - _SIGN for one in samples))


def _numbered(*parts: object) -> int:
    words = " ".join(map(str, parts)).encode()
    digest = hashlib.blake2b(words, digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
