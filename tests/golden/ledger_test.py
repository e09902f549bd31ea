#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""A ledger that records come to bit by bit holds what a merge of all of them gives, byte for byte; and people can take back, part, join.

    ledger_test.py BINARY           make_sample must stand beside it
"""
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile


def main():
    binary = os.path.abspath(sys.argv[1])
    sample_maker = os.path.join(os.path.dirname(binary), "make_sample")
    with tempfile.TemporaryDirectory() as top:
        def run(*args, status=0):
            done = subprocess.run([binary, *args], cwd=top, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            assert done.returncode == status, f"{args} gave {done.returncode}: {done.stdout}{done.stderr}"
            return done.stdout

        def results(folder):
            out = {}
            for name in ("groups.ndjson", "activities.ndjson", "history.csv"):
                with open(os.path.join(top, folder, name), "rb") as f:
                    out[name] = f.read()
            return out

        def same(db, folder):
            run("export", "--db", db, "--out", "exported")
            got, want = results("exported"), results(folder)
            for name in want:
                assert got[name] == want[name], f"{name} of the ledger differs from that of merge"

        subprocess.run([sample_maker, "sample"], check=True, cwd=top, stdout=subprocess.DEVNULL)
        run("merge", "sample", "--out", "one", "--with-tracks")
        with open(f"{top}/one/records.ndjson", encoding="utf-8") as f:
            records = [json.loads(line) for line in f]
        for record in records:
            del record["points"], record["from"]
            record["unknown_to_us"] = {"kept": record["external_id"]}  # survives the ledger
        dice = random.Random(11)
        dice.shuffle(records)

        def put(name, some):
            with open(f"{top}/{name}", "w", encoding="utf-8") as f:
                f.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in some)

        put("all.ndjson", records)
        run("merge", "all.ndjson", "--out", "all")
        third = len(records) // 3
        put("a.ndjson", records[:third])
        put("b.ndjson", records[third:2 * third] + records[:3])
        put("c.ndjson", records[2 * third:])
        assert "import-1: " in run("import", "a.ndjson", "--db", "l.sqlite")
        assert "3 unchanged" in run("import", "b.ndjson", "--db", "l.sqlite")
        third_batch = run("import", "c.ndjson", "--db", "l.sqlite").splitlines()[1].split(":")[0]
        same("l.sqlite", "all")
        assert "nothing is new" in run("import", "all.ndjson", "--db", "l.sqlite")
        kept = [json.loads(line) for line in open(f"{top}/exported/records.ndjson", encoding="utf-8")]
        assert all("unknown_to_us" in json.dumps(record) for record in kept), "unknown keys were lost"

        # taken back, a batch is as if it had not been; and again
        put("ab.ndjson", records[:2 * third])
        run("merge", "ab.ndjson", "--out", "ab")
        run("undo", third_batch, "--db", "l.sqlite")
        same("l.sqlite", "ab")
        run("undo", f"undo {third_batch}", "--db", "l.sqlite")
        same("l.sqlite", "all")

        # a person's word holds, and can be taken back
        groups = [json.loads(line) for line in results("all")["groups.ndjson"].decode().splitlines()]
        several = next(g for g in groups if len(g["members"]) > 1)
        one, other = (f'{m["source"]}/{m["external_id"]}' for m in several["members"][:2])
        batch_of = lambda told: told.splitlines()[0].split(":")[0]
        split_batch = batch_of(run("split", one, "--db", "l.sqlite"))
        run("import", "all.ndjson", "--db", "l.sqlite")
        listed = run("history", "--db", "l.sqlite")
        assert listed.count("* ") == len(groups) + 1, "what was split did not stay apart"
        join_batch = batch_of(run("join", one, other, "--db", "l.sqlite"))
        run("export", "--db", "l.sqlite", "--out", "exported")
        joined = [json.loads(line) for line in results("exported")["groups.ndjson"].decode().splitlines()]
        assert any({one.split("/", 1)[1], other.split("/", 1)[1]} <= {m["external_id"] for m in g["members"]} for g in joined), "what was joined is apart"
        run("undo", join_batch, "--db", "l.sqlite")
        run("undo", split_batch, "--db", "l.sqlite")
        same("l.sqlite", "all")

        # a source that is unlinked has never been there; erased, its bytes are gone
        without = [r for r in records if r["source"] != several["members"][0]["source"]]
        put("without.ndjson", without)
        run("merge", "without.ndjson", "--out", "without")
        slug = several["members"][0]["source"]
        unlink_batch = batch_of(run("unlink", slug, "--db", "l.sqlite"))
        same("l.sqlite", "without")
        run("undo", unlink_batch, "--db", "l.sqlite")
        same("l.sqlite", "all")
        run("unlink", slug, "--erase", "--db", "l.sqlite")
        same("l.sqlite", "without")
        left = sqlite3.connect(f"{top}/l.sqlite").execute("select count(*) from coincide_entry where instr(key, ?) or instr(value, ?)",
                                                          (several["members"][0]["external_id"].encode(),) * 2).fetchone()[0]
        assert left == 0, f"{left} entries still name an erased record"

        # what cannot be done is told
        run("split", "garmin/no-such-record", "--db", "l.sqlite", status=2)
        run("join", "garmin/no", "garmin/such", "--db", "l.sqlite", status=2)
        run("undo", "no such batch", "--db", "l.sqlite", status=2)
        assert run("history", "--db", "none.sqlite", status=2) == ""
        with open(f"{top}/broken.sqlite", "wb") as f:
            f.write(b"this is no database, and longer than the header of one " * 20)
        run("history", "--db", "broken.sqlite", status=1)
        assert os.path.getsize(f"{top}/exported/report.html") > 10000
    print(f"{len(records)} records in three imports: the same bytes as one merge; undo, split, join, unlink and erase hold")
    return 0


if __name__ == "__main__":
    sys.exit(main())
