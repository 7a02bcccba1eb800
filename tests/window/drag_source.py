"""A small window to drag files out of, as a file manager's would be. Arguments: x, y, files."""

import pathlib
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402

x, y = int(sys.argv[1]), int(sys.argv[2])
files = [pathlib.Path(name).resolve().as_uri() for name in sys.argv[3:]]

window = Gtk.Window(title="drag-source")
window.set_default_size(160, 100)
window.set_keep_above(True)
window.set_accept_focus(False)
handle = Gtk.EventBox()
handle.add(Gtk.Label(label="drag me"))
window.add(handle)
handle.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
handle.drag_source_add_uri_targets()
handle.connect("drag-data-get", lambda _widget, _context, selection, _info, _time: selection.set_uris(files))
window.connect("map-event", lambda *_: print("ready", flush=True))
window.show_all()
window.move(x, y)
Gtk.main()
