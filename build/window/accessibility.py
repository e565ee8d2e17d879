#!/usr/bin/python3
"""Answers questions about the accessibility tree of the desktop session.

Reads one JSON object a line and answers each with one. It sees what a screen
reader sees, so a test that gets through has also shown that one can.

  {"do": "wait",  "role": R, "name": N}   until such a thing is on screen
  {"do": "gone",  "role": R, "name": N}   until no such thing is on screen
  {"do": "press", "role": R, "name": N}   its first action, as a click does
  {"do": "focus", "role": R, "name": N}   the keyboard focus
  {"do": "focused", "role": R, "name": N} until such a thing has the focus
  {"do": "text"}                          all text on screen, one line each
  {"do": "heard"}                         what has the focus, what was announced,
                                          and all of a dialog, as it is read out

A name may end in "*". The role is a role name of AT-SPI, or "" for any. The
answer has "ok", "text" where asked for, and "error" with the whole tree when
the thing did not turn up within "seconds".
"""

import json
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# States that are said, and what has the focus only because something in it has.
SAID = (
    (Atspi.StateType.CHECKED, "checked"),
    (Atspi.StateType.EXPANDED, "expanded"),
    (Atspi.StateType.PRESSED, "pressed"),
    (Atspi.StateType.SELECTED, "selected"),
    (Atspi.StateType.REQUIRED, "required"),
    (Atspi.StateType.INVALID_ENTRY, "invalid"),
)
WHOLE = ("frame", "window", "document web", "filler", "panel")


def children(node):
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def walk(node, depth=0):
    """Yields the nodes below one with their depth; skips those that vanish."""
    try:
        yield node, depth
        for child in children(node):
            yield from walk(child, depth + 1)
    except GLib.Error:
        return


def everything():
    for application in children(Atspi.get_desktop(0)):
        yield from walk(application)


def matches(node, role, name):
    if role and node.get_role_name() != role:
        return False
    actual = node.get_name() or ""
    if name.endswith("*"):
        return actual.startswith(name[:-1])
    return actual == name


def find(role, name):
    for node, _ in everything():
        try:
            if matches(node, role, name) and node.get_state_set().contains(Atspi.StateType.SHOWING):
                return node
        except GLib.Error:
            continue
    return None


def words(node):
    """The name of a node, or the text that it holds."""
    name = node.get_name() or ""
    text = node.get_text_iface()
    if not name and text is not None:
        name = Atspi.Text.get_text(text, 0, -1)
    return name.replace("\ufffc", "").strip()


def screen(structure):
    lines = []
    for node, depth in everything():
        try:
            said = words(node)
            if structure:
                lines.append("  " * depth + node.get_role_name() + " " + repr(said))
            elif said:
                lines.append(said)
        except GLib.Error:
            continue
    return "\n".join(lines)


def spoken(node):
    """A node as a screen reader says it: role, name, description and states."""
    states = node.get_state_set()
    said = [node.get_role_name(), words(node), node.get_description() or ""]
    said += [word for state, word in SAID if states.contains(state)]
    return ", ".join(part for part in said if part)


def announced(node):
    """The text of a live region: its name is said, and what stands in it."""
    parts = [words(each) for each, _ in walk(node)]
    if node.get_text_iface() is not None:
        text = Atspi.Text.get_text(node, 0, -1).replace("\ufffc", "").strip()
        if text not in parts:
            parts.insert(1, text)
    return ": ".join(part for part in parts if part)


def heard():
    """The place of the focus, then live regions, then what a dialog holds."""
    focus, live, dialog = "nothing", [], []
    inside = None
    for node, depth in everything():
        try:
            states = node.get_state_set()
            if (node.get_attributes() or {}).get("live", "off") != "off":
                live.append(announced(node))
            if not states.contains(Atspi.StateType.SHOWING):
                continue
            if inside is not None and depth <= inside:
                inside = None
            if inside is not None and words(node) and node.get_role_name() != "static":
                dialog.append("  " + spoken(node))
            if node.get_role_name() in ("dialog", "alert") and inside is None and words(node):
                inside = depth
                dialog.append(spoken(node))
            if states.contains(Atspi.StateType.FOCUSED) and node.get_role_name() not in WHOLE:
                focus = spoken(node)
        except GLib.Error:
            continue
    return "\n".join(["focus: " + focus] + ["said: " + text for text in live if text] + dialog)


def until(condition, seconds):
    deadline = time.monotonic() + seconds
    while True:
        result = condition()
        if result or time.monotonic() > deadline:
            return result
        time.sleep(0.05)


def focused(role, name):
    node = find(role, name)
    return node is not None and node.get_state_set().contains(Atspi.StateType.FOCUSED)


def press(role, name):
    node = find(role, name)
    return node is not None and node.get_action_iface() is not None and node.do_action(0)


def focus(role, name):
    node = find(role, name)
    return node is not None and node.grab_focus()


def answer(request):
    role, name = request.get("role", ""), request.get("name", "")
    actions = {
        "wait": lambda: find(role, name) is not None,
        "gone": lambda: find(role, name) is None,
        "press": lambda: press(role, name),
        "focus": lambda: focus(role, name),
        "focused": lambda: focused(role, name),
    }
    if request["do"] == "text":
        return {"ok": True, "text": screen(structure=False)}
    if request["do"] == "heard":
        return {"ok": True, "text": heard()}
    if until(actions[request["do"]], request["seconds"]):
        return {"ok": True}
    return {"ok": False, "error": f"{request['do']} {role} {name!r} in vain:\n{screen(structure=True)}"}


def main():
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


main()
