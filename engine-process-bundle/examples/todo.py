#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A to-do list that syncs. "todo.py FILE" is the engine; "todo.py FILE list | add TEXT | set ID TEXT | remove ID" uses it."""
import contextlib, fcntl, itertools, json, os, sys

@contextlib.contextmanager
def todo_list(path=sys.argv[1]):
    """The list, with nobody else at it; what a block changes is stored at its end, all of it or nothing."""
    with open(path + ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        todo = json.load(open(path)) if os.path.exists(path) else {"syncPoint": "", "texts": {}, "changed": {}, "changes": 0}
        before = json.dumps(todo)
        yield todo
        if json.dumps(todo) != before:
            with open(path + ".tmp", "w") as file:
                print(json.dumps(todo), file=file, flush=True)
                os.fsync(file.fileno())
            os.replace(path + ".tmp", path)

def put(todo, item, text=None):  # without a text: it is deleted
    todo["texts"].pop(item, None) if text is None else todo["texts"].update({item: text})
    todo["changes"] += 1
    todo["changed"][item] = todo["changes"]

if sys.argv[2:]:
    with todo_list() as todo:
        if sys.argv[2] == "list":
            print(*(f"{item} {text}" for item, text in todo["texts"].items()), sep="\n")
        else:
            put(todo, *([os.urandom(6).hex()] if sys.argv[2] == "add" else []), *sys.argv[3:])

staged, offered, records = [], {}, iter(())
for request in map(json.loads, () if sys.argv[2:] else sys.stdin.buffer):
    kind, fields = request["type"], {"known": False} if request["type"] == "command" else {}
    if kind not in ("open", "apply", "next", "uploaded", "reset", "wipe", "command"):  # a record, or of a later version
        staged += [request["data"]] if kind == "record" else []
        continue
    with todo_list() if kind != "next" else contextlib.nullcontext() as todo:
        if kind == "open":
            fields["syncPoints"] = {"todo": todo["syncPoint"] or None}
        elif kind == "apply":
            for data in staged:  # the server's version wins
                put(todo, data["id"], None if data.get("deleted") else str(data.get("text", "")))
                del todo["changed"][data["id"]]
            staged, offered, todo["syncPoint"] = [], dict(todo["changed"]), request["syncPoints"]["todo"]
            records = iter([(item, todo["texts"].get(item)) for item in offered])
        elif kind == "next":
            for item, text in itertools.islice(records, request["limit"]):
                data = {"id": item, "deleted": True} if text is None else {"id": item, "text": text}
                print(json.dumps({"type": "record", "collection": "todo", "data": data}))
        elif kind == "uploaded":  # what was changed again since it was offered has another number by now, and stays
            done = [item for item in request["ids"] if todo["changed"].get(item) == offered.get(item)]
            todo.update(syncPoint=request["syncPoint"], changed={i: n for i, n in todo["changed"].items() if i not in done})
        elif kind == "reset":
            todo.update(syncPoint="", changed={**todo["changed"], **dict.fromkeys(todo["texts"], 0)})
        elif kind == "wipe":
            todo.update(syncPoint="", texts={}, changed={})
    print(json.dumps({"type": "done", "of": kind, **fields}), flush=True)
