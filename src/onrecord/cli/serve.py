"""The command `serve`: the reading room."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.options import opened, store_option
from onrecord.room import RoomSettings, require_installed

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="The port; 0 is any that is free.",
)
@click.option("--password-file", type=FILE, help="Ask for the password whose hash is in this file.")
@click.option("--token", is_flag=True, help="Ask for a password that is made up and shown here.")
@click.option("--set-password", type=FILE, metavar="FILE", help="Write such a file, and stop.")
@click.option("--read-only", is_flag=True, help="Let nothing be changed or saved.")
@click.option(
    "--searches", type=FILE, help="The file of saved searches; by default beside the store."
)
def serve(
    store_path: str,
    host: str,
    port: int,
    password_file: Path | None,
    token: bool,
    set_password: Path | None,
    read_only: bool,
    searches: Path | None,
) -> None:
    """Open the reading room: search, read and compare what is in a store, in a browser.

    Only this machine can reach it, unless --host names another address; then it asks for a
    password.

    Example: onrecord serve --store corpus.db
    """
    if set_password is not None:
        _write_password(set_password)
        return
    settings = RoomSettings(
        host=host,
        port=port,
        password=_password(password_file, token=token),
        read_only=read_only,
        searches=searches or searches_beside(store_path),
    )
    serve_store(store_path, settings)


def serve_store(store_path: str, settings: RoomSettings) -> None:
    """Serve a store until the program is stopped, and say where.

    Raises:
        RoomError: The libraries of the room are not installed, or the address is taken.
        StoreError: The store cannot be opened.
    """
    require_installed()
    from onrecord.room.serving import serve_room

    with opened(store_path) as store:
        serve_room(store, settings, told=_tell)


def searches_beside(place: str) -> Path | None:
    """Return where a store's searches are saved: beside its file, nowhere for one on a server."""
    from onrecord.store.servers import is_url

    return None if is_url(place) else Path(f"{place}.searches.toml")


def _tell(address: str) -> None:
    click.echo(f"The reading room is open at {address} (Ctrl+C closes it)", err=True)


def _password(path: Path | None, *, token: bool) -> str | None:
    """Return the hash of the password to ask for, None for none."""
    from onrecord.room.passwords import hashed, made_up, read_hash

    if path is not None and token:
        raise click.UsageError("--password-file and --token are two passwords; give one of them")
    if path is not None:
        return read_hash(path)
    if not token:
        return None
    password = made_up()
    click.echo(f"Password: {password}", err=True)
    return hashed(password)


def _write_password(path: Path) -> None:
    from onrecord.room.passwords import write_hash

    password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    write_hash(path, password)
    click.echo(f"Wrote {path}: serve with --password-file {path}", err=True)
