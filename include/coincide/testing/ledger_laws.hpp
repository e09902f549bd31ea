// SPDX-License-Identifier: BSL-1.0
//
// Whether a host's storage keeps what the ledger relies on (ledger/storage.hpp). Needs no test framework:
//
//     my_store store{…};
//     for (const auto& broken : check_ledger_laws(store, [] { return std::make_unique<my_store>(…same data…); }))
//         std::cerr << broken.law << ": " << broken.saw << '\n';
//
// The laws, by the names in `law`:
//
//     empty      an athlete that nothing was written for has version 0 and no entries
//     written    what a commit put is there and what it deleted is not; the head is one further and has its id
//     order      entries come in the order of their keys' unsigned bytes, from <= key < to, any bytes, empty values
//     pages      `limit` entries at most; going on after the last one visits each entry once
//     conflict   another head than expected: nothing happens, whether version, last commit or epoch differs
//     race       of commits on one head one is done, also from several threads; no version is skipped or made twice
//     stable     what is read between two looks at one head is what that version wrote: no half commit, nothing that was refused
//     isolation  one athlete's commit changes nothing of another one's, whatever their ids
//     durable    what was committed is there when the storage is opened again
//     model      a long series of calls gives what a sorted map would give
//
// Writes some thousand entries for athletes whose ids begin with `athlete`; takes seconds on a disk.
#pragma once

#include <coincide/testing/store_probe.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace coincide {

namespace detail {

template <ledger_store S, class Open>
class ledger_law_check : store_probe<S> {
    using probe = store_probe<S>;
    using probe::all_in, probe::all_of, probe::broken_, probe::chance, probe::expect, probe::head_of, probe::id_of, probe::ids_, probe::must_commit, probe::options_, probe::someone, probe::store_;
    using typename probe::entries;

public:
    ledger_law_check(S& store, Open& open, const ledger_laws_options& options) : probe{store, options}, open_{open} {}

    [[nodiscard]] std::vector<broken_law> run() {
        empty();
        written_and_order();
        conflict();
        isolation();
        race();
        if (options_.threads > 1) threads();
        durable();
        model();
        return std::move(broken_);
    }

private:
    void empty() {
        const auto who = someone();
        const auto h = head_of(who);
        expect(h.version == 0 && h.last_commit == commit_id{}, "empty", "an unknown athlete has a version or a commit");
        expect(all_of(who).empty(), "empty", "an unknown athlete has entries");
    }

    void written_and_order() {
        using namespace std::string_literals;
        const auto who = someone();
        write_set some{{{""s + '\0', "zero"}, {"a", ""}, {"a\0"s, "a0"}, {"a\0b"s, "a0b"}, {"ab", std::string(100000, 'x')}, {"\x7f"s, "7f"}, {"\x80"s, "80"}, {"\xfe\xff"s, "high"}}, {}};
        must_commit(who, some);
        const auto there = all_of(who);
        expect(there == some.puts, "order", "keys or values came back in another order, or changed: " + std::to_string(there.size()) + " entries of " + std::to_string(some.puts.size()));
        expect(all_of(who, {"a", "ab"}).size() == 3, "order", "a range is from <= key < to");
        expect(all_of(who, only_key("a")).size() == 1, "order", "the range of a single key");
        expect(all_of(who, {"b", "c"}).empty(), "order", "an empty range has entries");
        must_commit(who, {{{"a", "new"}, {"c", "c"}}, {"ab", "not there"}});
        const auto then = all_of(who, {"a", "d"});
        const entries want{{"a", "new"}, {"a\0"s, "a0"}, {"a\0b"s, "a0b"}, {"c", "c"}};
        expect(then == want, "written", "after a put over an entry and a delete");
        write_set many;
        for (int i = 0; i < 3000; ++i) many.puts.push_back({"k" + std::to_string(10000 + i), std::to_string(i)});
        must_commit(who, many);
        key_range rest = keys_under("k");
        std::size_t visited = 0;
        for (bool more = true; more;) {
            const auto page = all_of(who, rest, 700);
            expect(page.size() <= 700, "pages", "more entries than the limit");
            for (const auto& e : page) {
                expect(visited < many.puts.size() && e == many.puts[visited], "pages", "an entry is missing, doubled or out of order at " + std::to_string(visited));
                ++visited;
            }
            more = page.size() == 700 && visited < 4000;
            if (more) rest.from = only_key(page.back().key).to;
        }
        expect(visited == many.puts.size(), "pages", std::to_string(visited) + " of 3000 entries");
    }

    void conflict() {
        const auto who = someone();
        const auto zero = head_of(who);
        auto other = zero;
        other.version = 3;
        expect(store_.commit(who, other, {{{"x", "1"}}, {}}, id_of(++ids_)) == commit_result::conflict, "conflict", "a commit on version 3 of an unknown athlete was done");
        expect(head_of(who) == zero && all_of(who).empty(), "conflict", "a refused first commit left something");
        must_commit(who, {{{"a", "1"}, {"b", "1"}}, {}});
        const auto now = head_of(who);
        const auto before = all_of(who);
        for (int which = 0; which < 4; ++which) {
            auto expected = which == 0 ? zero : now;
            if (which == 1) expected.last_commit[3] ^= 1;
            if (which == 2) ++expected.version;
            if (which == 3) ++expected.epoch;
            constexpr std::string_view differs[] = {"version", "last commit", "version (ahead)", "epoch"};
            expect(store_.commit(who, expected, {{{"a", "2"}, {"c", "2"}}, {"b"}}, id_of(++ids_)) == commit_result::conflict, "conflict", "a commit on a head with another " + std::string{differs[which]} + " was done");
            expect(head_of(who) == now, "conflict", "a refused commit moved the head");
            expect(all_of(who) == before, "conflict", "a refused commit changed entries");
        }
    }

    void isolation() {
        using namespace std::string_literals;
        const auto who = someone();
        const std::vector<std::string> others{who + "a", who + "\0x"s, who.substr(0, who.size() - 1), who + "%", who + "'"};
        must_commit(who, {{{"k", who}}, {}});
        for (const auto& o : others) {
            expect(all_of(o).empty() && head_of(o).version == 0, "isolation", "an athlete sees entries of one with a similar id");
            must_commit(o, {{{"k", o}, {"l", o}}, {}}, "isolation");
        }
        must_commit(who, {{}, {"k"}});
        expect(all_of(who).empty() && head_of(who).version == 2, "isolation", "another athlete's commit changed this one's entries or head");
        for (const auto& o : others) expect(all_of(o) == entries{{"k", o}, {"l", o}}, "isolation", "a delete reached another athlete");
    }

    /// Two writers that have seen one head, in turns.
    void race() {
        const auto who = someone();
        for (int i = 0; i < 5; ++i) {
            const auto seen = head_of(who);
            const auto first = id_of(++ids_), second = id_of(++ids_);
            const auto a = store_.commit(who, seen, {{{"count", std::to_string(2 * i)}}, {}}, first);
            const auto b = store_.commit(who, seen, {{{"count", std::to_string(2 * i + 1)}}, {}}, second);
            expect(a == commit_result::ok && b == commit_result::conflict, "race", "two commits on one head gave " + std::string{to_string(a)} + " and " + std::string{to_string(b)});
            expect(head_of(who).last_commit == first, "race", "the head is not that of the commit that was done");
            expect(all_of(who) == entries{{"count", std::to_string(2 * i)}}, "race", "the entry is not that of the commit that was done");
        }
        expect(head_of(who).version == 5, "race", "five commits are not five versions");
    }

    /// Writers count up, readers look whether what they see is whole.
    void threads() {
        const auto who = someone();
        constexpr unsigned each = 25;
        std::atomic<std::uint64_t> done{0}, failed{0}, torn{0};
        std::atomic<bool> writing{true};
        const auto with_own_store = [&](auto&& work) {
            return [this, work] {
                auto own = open_();
                work(own ? *own : store_);
            };
        };
        const auto write = with_own_store([&](S& store) {
            for (unsigned k = 0, tries = 0; k < each && tries < 100000; ++tries) {
                const auto seen = store.head(who);
                if (!seen) {
                    ++failed;
                    continue;
                }
                const auto value = std::to_string(seen->version + 1);
                const auto answer = store.commit(who, *seen, {{{"a", value}, {"l" + value, ""}, {"z", value}}, {}}, id_of(seen->version + 1));
                if (answer == commit_result::ok) ++k, ++done;
                else if (answer != commit_result::conflict) ++failed;
            }
        });
        const auto look = with_own_store([&](S& store) {
            while (writing) {
                const auto before = store.head(who);
                const auto seen = store.read(who, {"", "\xff"}, 100000);
                const auto after = store.head(who);
                if (!before || !seen || !after || !(*before == *after)) continue;
                const auto version = std::to_string(before->version);
                const bool whole = before->version == 0 ? seen->empty() : seen->size() == before->version + 2 && seen->front().value == version && seen->back().value == version;
                torn += !whole;
            }
        });
        std::vector<std::thread> writers;
        for (unsigned i = 0; i < options_.threads; ++i) writers.emplace_back(write);
        std::thread reader{look};
        for (auto& w : writers) w.join();
        writing = false;
        reader.join();
        const auto h = head_of(who);
        expect(done == std::uint64_t{each} * options_.threads, "race", "writers came to an end after " + std::to_string(done) + " commits (" + std::to_string(failed) + " failed)");
        expect(h.version == done, "race", std::to_string(done) + " commits were done and the version is " + std::to_string(h.version));
        expect(all_of(who, keys_under("l")).size() == done, "race", "a commit that was done is not there");
        expect(torn == 0, "stable", std::to_string(torn) + " times a reader saw something else than the version it looked at");
    }

    void durable() {
        const auto who = someone();
        must_commit(who, {{{"a", "1"}, {"b", std::string(1000, 'b')}}, {}});
        const auto now = must_commit(who, {{{"c", "3"}}, {"a"}});
        const auto there = all_of(who);
        auto again = open_();
        if (!again) return;
        const auto h = again->head(who);
        expect(h && *h == now, "durable", "opened again, the head is another one");
        expect(all_in(*again, who) == there, "durable", "opened again, the entries are others");
    }

    void model() {
        struct athlete {
            ledger_head head{};
            std::map<std::string, std::string> entries{};
            std::vector<ledger_head> past{};
        };
        std::map<std::string, athlete> all;
        for (int i = 0; i < 3; ++i) {
            const auto who = someone();
            all[who].head = head_of(who);
        }
        for (unsigned step = 0; step < options_.steps && broken_.size() < 20; ++step) {
            auto at = all.begin();
            std::advance(at, static_cast<std::ptrdiff_t>(chance(all.size())));
            auto& [who, is] = *at;
            if (chance(3) == 0) {
                auto from = std::to_string(chance(40)), to = std::to_string(chance(40));
                if (to < from) std::swap(from, to);
                const auto limit = 1 + chance(10);
                entries want;
                for (auto e = is.entries.lower_bound(from); e != is.entries.end() && e->first < to && want.size() < limit; ++e) want.push_back({e->first, e->second});
                expect(all_of(who, {from, to}, limit) == want, "model", "step " + std::to_string(step) + ": a range has other entries");
                continue;
            }
            write_set writes;
            std::map<std::string, std::string> puts;
            for (auto n = chance(6); n > 0; --n) puts[std::to_string(chance(40))] = std::string(chance(20), 'v') + std::to_string(step);
            for (const auto& [k, v] : puts) writes.puts.push_back({k, v});
            for (int k = 0; k < 40; ++k)
                if (const auto key = std::to_string(k); chance(20) == 0 && !puts.contains(key)) writes.deletes.push_back(key);
            std::sort(writes.deletes.begin(), writes.deletes.end());
            const bool stale = !is.past.empty() && chance(4) == 0;
            const auto id = id_of(++ids_);
            const auto done = store_.commit(who, stale ? is.past[chance(is.past.size())] : is.head, writes, id);
            expect(done == (stale ? commit_result::conflict : commit_result::ok), "model", "step " + std::to_string(step) + ": a commit gave " + std::string{to_string(done)});
            if (!stale) {
                is.past.push_back(is.head);
                is.head = {is.head.version + 1, is.head.epoch, id};
                for (const auto& e : writes.puts) is.entries[e.key] = e.value;
                for (const auto& k : writes.deletes) is.entries.erase(k);
            }
            expect(head_of(who) == is.head, "model", "step " + std::to_string(step) + ": the head is another one");
        }
        for (const auto& [who, is] : all) {
            entries want;
            for (const auto& [k, v] : is.entries) want.push_back({k, v});
            expect(all_of(who) == want, "model", "at the end the entries are others");
        }
    }

    Open& open_;
};

}  // namespace detail

/// `open`  gives the storage once more on the same data, as a smart pointer: for each thread, and to see what is durable. A null one: the
///         first is used by all threads, and durability is not looked at.
template <ledger_store S, class Open>
[[nodiscard]] std::vector<broken_law> check_ledger_laws(S& store, Open&& open, const ledger_laws_options& options = {}) {
    return detail::ledger_law_check<S, Open>{store, open, options}.run();
}
template <ledger_store S>
[[nodiscard]] std::vector<broken_law> check_ledger_laws(S& store, const ledger_laws_options& options = {}) {
    return check_ledger_laws(store, [] { return std::unique_ptr<S>{}; }, options);
}

}  // namespace coincide
