# SPDX-License-Identifier: Apache-2.0
"""Programs that do not do their part, one for each word that this one is called with."""
import json, os, signal, subprocess, sys, time

MODE = sys.argv[1]
NOTHING = subprocess.DEVNULL


def say(kind, **fields):
    print(json.dumps({"type": kind, **fields}), flush=True)


def requests():
    for line in sys.stdin.buffer:
        yield json.loads(line)


def obey(**special):
    """Does its part, but for the requests that have something special."""
    for request in requests():
        kind = request["type"]
        if kind in special:
            special[kind](request)
        elif kind == "open":
            say("done", of=kind, syncPoints={})
        elif kind == "command":
            say("done", of=kind, known=True)
        elif kind != "record":
            say("done", of=kind)


def forever(text):
    while True:
        sys.stdout.write(text)


def sleep(*ignored):
    time.sleep(1000)


def fail(*ignored):
    print("first line", file=sys.stderr)
    print("the list is broken", file=sys.stderr, flush=True)
    sys.exit(3)


def child():
    """A child that holds the pipes; its id goes to the file that the second word names."""
    process = subprocess.Popen(["sleep", "1000"])
    with open(sys.argv[2], "w") as file:
        print(process.pid, file=file)


def detached():
    """A process that is nobody's child and holds no pipe."""
    if os.fork() == 0:
        os.setsid()
        process = subprocess.Popen(["sleep", "1000"], stdin=NOTHING, stdout=NOTHING, stderr=NOTHING)
        with open(sys.argv[2], "w") as file:
            print(process.pid, file=file)
        os._exit(0)
    os.wait()


def dependent():
    """Has one record, and another one once that is on the server."""
    waiting = ["parent"]

    def give(request):
        while waiting:
            record("todo", waiting.pop())
        say("done", of="next")

    def confirm(request):
        waiting.extend(["child"] if request["ids"] == ["parent"] else [])
        say("done", of="uploaded")

    obey(next=give, uploaded=confirm)


def leaves_out():
    obey(**{
        kind: lambda request, kind=kind, ids=ids: say("done", of=kind, failed=ids)
        for kind, ids in {"apply": ["a"], "next": ["b"], "uploaded": ["a", "c"]}.items()
    })


def word(name, *arguments):
    return {"name": name, "arguments": arguments}


def commands():
    refresh, archive = word("refresh", "todo"), word("archive", "todo", "2025", None)
    obey(**{
        kind: lambda request, kind=kind, words=words: say("done", of=kind, commandsForOthers=words)
        for kind, words in {
            "apply": [refresh],
            "next": [archive, refresh],
            "uploaded": [word("archive", "todo", "2024"), archive],
        }.items()
    })


def ask(request, line):
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.flush()


def deaf_to_signals(request):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    say("done", of="open", syncPoints={})
    sleep()


def chatter(request):
    for number in range(40_000):
        say("chatter", number=number, text="x" * 200)


def unread(request):
    say("done", of="open", syncPoints={})
    sleep()


def closed(request):
    os.close(1)
    sleep()


def record(collection, identity, **fields):
    say("record", collection=collection, data={"id": identity, **fields})


def too_many(request):
    while True:
        record("todo", "a")


def later_version(request):
    say("weather", sky="blue")
    say("done", of="open", syncPoints={"todo": None}, mood="fine")


def environment(request):
    say("error", message=" ".join(f"{name}={value}" for name, value in sorted(os.environ.items())))


def floods_stderr(request):
    for number in range(3000):
        print(f"line {number}", file=sys.stderr)
    print("y" * 3_000_000, file=sys.stderr, flush=True)
    say("done", of="open", syncPoints={})


def leaves_child(request):
    child()
    say("done", of="open", syncPoints={})


MODES = {
    "exits": fail,
    "crashes": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "hangs": sleep,
    "deaf": lambda: obey(open=deaf_to_signals),
    "garbage": lambda: ask(None, b"Traceback: something about " + b"private things " * 100),
    "array": lambda: ask(None, b"[1]"),
    "latin1": lambda: ask(None, '{"type":"done","of":"open","syncPoints":{},"city":"Zürich"}'.encode("latin-1")),
    "wrong": lambda: obey(open=lambda request: say("done", of="reset")),
    "no-points": lambda: obey(open=lambda request: say("done", of="open")),
    "bad-point": lambda: obey(open=lambda request: say("done", of="open", syncPoints={"todo": "yesterday"})),
    "foreign-point": lambda: obey(open=lambda request: say("done", of="open", syncPoints={"passwords": "a@1.00"})),
    "foreign": lambda: obey(next=lambda request: record("passwords", "a")),
    "bad-id": lambda: obey(next=lambda request: record("todo", "x" * 65)),
    "too-many": lambda: obey(next=too_many),
    "endless-line": lambda: forever("x" * 65536),
    "endless-chatter": lambda: forever(json.dumps({"type": "chatter", "text": "x" * 100_000}) + "\n"),
    "unread": lambda: obey(open=unread),
    "closes-stdout": lambda: obey(open=closed),
    "chatters": lambda: obey(record=chatter),
    "exits-late": lambda: obey(apply=fail),
    "exit-code": lambda: (obey(), sys.exit(4)),
    "never-ends": lambda: (obey(), sleep()),
    "error": lambda: obey(open=lambda request: say("error", message="the list is open elsewhere")),
    "environment": lambda: obey(open=environment),
    "later-version": lambda: obey(open=later_version),
    "floods-stderr": lambda: obey(open=floods_stderr),
    "child-crash": lambda: (child(), os._exit(5)),
    "child-hang": lambda: (child(), sleep()),
    "child-left": lambda: obey(open=leaves_child),
    "detached-crash": lambda: (detached(), os._exit(5)),
    "detached-left": lambda: (detached(), obey()),
    "dependent": dependent,
    "leaves-out": leaves_out,
    "bad-failed": lambda: obey(apply=lambda request: say("done", of="apply", failed=["x" * 65])),
    "commands": commands,
    "foreign-command": lambda: obey(apply=lambda request: say("done", of="apply", commandsForOthers=[word("archive", "notes")])),
    "many-commands": lambda: obey(
        apply=lambda request: say("done", of="apply", commandsForOthers=[word("archive", "todo", str(n)) for n in range(101)])
    ),
    "knows": obey,
}
MODES[MODE]()
