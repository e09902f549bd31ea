#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Measures how right the matcher is, on made-up histories of which the truth is known.

    scenarios.py BINARY             the same as --check
    scenarios.py BINARY --check     a moderate number of athletes; exit 1 beyond the bounds in BOUNDS
    scenarios.py BINARY --dump DIR  the records and the wrong, missed and reviewed pairs, to look at

Each athlete has eight weeks of activities with a home, a few routes and habits: commutes twice a day, one loop run at one
time, treadmill runs of round figures. Most activities get a second recording of a kind that is known to be hard (SCENARIOS),
and between them stand different activities that look alike (the twins of `Athlete.habits`). What is counted are pairs of
records: joined (one group), in review (a link that was not joined), or apart.

The generator knows the field, not the program: it uses no constant of it. Nothing here was fitted to a result. It is the guard
of every test run; what is published is measured by benchmarks/accuracy.
"""
import bisect
import collections
import datetime
import json
import math
import os
import random
import subprocess
import sys

EPOCH = datetime.datetime(2024, 4, 1, tzinfo=datetime.timezone.utc)  # a Monday
STEP = 5        # seconds between fixes
NOISE_S = 25.0  # decay time of a receiver's error
ZONE_S = 7200   # of home

# scenario: (recall at least, joined or in review at least), in per cent over the check's athletes, and why that is enough.
SURE = "clock and totals, or tracks, settle it; one pair in fifty may be unlucky in its noise"
ASKED = "nothing but totals is left; wrong as often as right among habits, so a person is asked"
BOUNDS = {
    "echo": (100, 100, "equal numbers"),
    "echo, moving for elapsed": (98, 100, SURE),
    "two devices, 3.5 m": (98, 100, SURE),
    "two devices, 6 m": (98, 100, SURE),
    "two devices, no track": (98, 100, SURE),
    "trainer, distance 20 % off": (98, 100, SURE),
    "late start 4 min": (98, 100, SURE),
    "late start 4 min, no track": (98, 100, SURE),
    "late start 12 min": (98, 100, SURE),
    "late start 12 min, no track": (60, 98, "of a short run it is a third, and asked about"),
    "early stop": (98, 100, SURE),
    "early stop, no track": (80, 98, "a stop at the cafe and a third of the way missing leave little: asked"),
    "cafe stop": (98, 100, SURE),
    "forgot to stop": (98, 100, SURE),
    "privacy trim": (98, 100, SURE),
    "split in two": (98, 100, SURE),
    "split in two, no track": (90, 98, "the halves add up to the whole"),
    "partial overlap": (80, 95, "tracks agree where both ran; under a quarter in common is asked about"),
    "partial overlap, no track": (0, 40, "a third in common and nothing else: asked or apart"),
    "zone, whole hours, copy with track": (98, 100, SURE),
    "zone, whole hours, copy without track": (90, 90, "equal figures; round ones are not believed"),
    "zone, fraction of an hour, copy": (90, 90, "equal figures; round ones are not believed"),
    "zone, other device with track": (98, 98, SURE),
    "zone, other device without track": (0, 0, "cannot be told from the next day's habit: apart"),
    "wrong clock 22 min": (95, 95, "tracks agree once shifted"),
    "wrong clock 22 min, no track": (40, 98, "the share in common decides; of a half-hour run a quarter is left"),
    "by hand, precision told": (98, 100, SURE),
    "by hand, precision not told": (98, 100, SURE),
    "by hand, day only": (90, 98, "the only activity of that day that fits"),
    "commute by hand, day only": (0, 98, ASKED),
    "label: hike, walk": (98, 100, SURE),
    "label: run, walk": (98, 100, SURE),
    "label: strength, other": (98, 100, SURE),
    "label: strength, climbing": (90, 100, SURE),
    "strength: watch and log": (98, 100, SURE),
    "gym: sets as children": (98, 98, "the sets follow their session"),
    "multisport, single sports there": (98, 98, "the legs follow their session"),
    "multisport, sessions on both": (98, 98, "the legs follow their session; lap presses differ by seconds"),
}
WRONG_JOINS_MAX = 0  # among some 2 000 activities; each is history that an athlete loses


# ---- one activity, as it truly was -------------------------------------------------------------------------------------


class Route:
    """A closed curve through home, or a way there; 200 straight pieces."""

    def __init__(self, rng, length_m, closed=True):
        self.closed = closed
        if closed:
            waves = [(rng.uniform(0.05, 0.3) / k, k, rng.uniform(0, 6.3)) for k in (2, 3, 5, 8)]
            turn = rng.uniform(0, 6.3)
            points = []
            for i in range(201):
                angle = 2 * math.pi * i / 200
                r = 1 + sum(a * math.cos(k * angle + p) for a, k, p in waves)
                points.append((r * math.cos(angle + turn), r * math.sin(angle + turn)))
            points = [(x - points[0][0], y - points[0][1]) for x, y in points]
        else:
            points, heading = [(0.0, 0.0)], rng.uniform(0, 6.3)
            for _ in range(200):
                heading += rng.gauss(0, 0.18)
                points.append((points[-1][0] + math.cos(heading), points[-1][1] + math.sin(heading)))
        along = [0.0]
        for (x0, y0), (x1, y1) in zip(points, points[1:]):
            along.append(along[-1] + math.hypot(x1 - x0, y1 - y0))
        scale = length_m / along[-1]
        self.points = [(x * scale, y * scale) for x, y in points]
        self.along = [s * scale for s in along]
        self.length = length_m

    def at(self, s):
        s = s % self.length if self.closed else min(max(s, 0.0), self.length)
        i = min(max(bisect.bisect_right(self.along, s) - 1, 0), len(self.points) - 2)
        f = (s - self.along[i]) / (self.along[i + 1] - self.along[i])
        (x0, y0), (x1, y1) = self.points[i], self.points[i + 1]
        return x0 + f * (x1 - x0), y0 + f * (y1 - y0)


class Act:
    """What was done: place over time, to be recorded by any number of devices."""

    def __init__(self, athlete, tag, sport, start, elapsed=None, route=None, speed=None, reverse=False, distance=None,
                 stops=(), indoor=False):
        rng = athlete.rng
        self.athlete, self.tag, self.sport, self.start = athlete, tag, sport, float(start)
        self.route, self.reverse, self.indoor = route, reverse, indoor
        self.id = athlete.next_act()
        self.s = [0.0]
        if speed is None:
            self.elapsed = float(elapsed)
            self.s = None
        else:
            # pace of the day is the caller's; within it a slow wander, and stops of (seconds from start, seconds)
            wander, t = 0.0, 0.0
            want = distance if distance is not None else speed * elapsed
            stops = sorted(stops)
            while self.s[-1] < want and t < 8 * 3600:
                wander = wander * 0.92 + rng.gauss(0, 0.02)
                stopped = any(a <= t < a + d for a, d in stops)
                self.s.append(self.s[-1] + (0.0 if stopped else max(0.2, speed * (1 + wander)) * STEP))
                t += STEP
            self.elapsed = t - rng.uniform(0, STEP - 1)
        self.hr = round(rng.gauss(142, 8))
        self.hr_max = self.hr + round(rng.uniform(15, 30))

    def distance_at(self, t):
        if self.s is None:
            return 0.0
        i = min(max(int(t / STEP), 0), len(self.s) - 1)
        j = min(i + 1, len(self.s) - 1)
        return self.s[i] + (self.s[j] - self.s[i]) * min(1.0, max(0.0, t / STEP - i))

    def moving(self, t0, t1):
        if self.s is None:
            return t1 - t0
        lo, hi = int(t0 / STEP), min(int(t1 / STEP), len(self.s) - 1)
        return max(STEP, STEP * sum(1 for i in range(lo, hi) if self.s[i + 1] > self.s[i]))


def stamp(t, offset=0):
    at = EPOCH + datetime.timedelta(seconds=round(t))
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def record(act, source, t0=0.0, t1=None, sport=None, clock=0.0, sigma=None, distance_error=0.004, device=None, track=True, **more):
    """One device's recording of an act from t0 to t1 (seconds of the act). clock: its clock minus the truth.
    sigma: noise of positions in metres; None or track=False: no track. more: keys that stand as given (None: left out)."""
    a, rng = act.athlete, act.athlete.rng
    t1 = act.elapsed if t1 is None else min(t1, act.elapsed)
    start = round(act.start + t0 + clock)
    r = {
        "athlete_id": a.id, "source": source, "external_id": a.next_id(), "start_time": stamp(start), "utc_offset_s": ZONE_S,
        "elapsed_time_s": round(t1 - t0), "activity_type": sport or act.sport,
    }
    if act.s is not None:
        r["moving_time_s"] = act.moving(t0, t1)
        r["distance_m"] = round((act.distance_at(t1) - act.distance_at(t0)) * (1 + rng.gauss(0, distance_error)), 1)
    r["avg_heart_rate_bpm"] = act.hr + rng.choice((-2, -1, 0, 0, 1, 2))
    r["max_heart_rate_bpm"] = act.hr_max + rng.choice((-3, -1, 0, 0, 1, 4))
    if device:
        r["device"] = {"serial": device}
    if track and sigma is not None and act.route is not None and act.s is not None and not act.indoor:
        keep = math.exp(-STEP / NOISE_S)
        fresh = math.sqrt(1 - keep * keep) * sigma
        nx, ny = rng.gauss(0, sigma), rng.gauss(0, sigma)
        ts, lats, lons = [], [], []
        scale = 111195.0 * math.cos(math.radians(a.lat))
        first = math.ceil(t0 / STEP) * STEP
        for t in range(first, int(t1) + 1, STEP):
            nx, ny = nx * keep + rng.gauss(0, fresh), ny * keep + rng.gauss(0, fresh)
            s = act.distance_at(t)
            x, y = act.route.at(act.route.length - s if act.reverse else s)
            ts.append(round(act.start + t + clock - start, 1))
            lats.append(round(a.lat + (y + ny) / 111195.0, 6))
            lons.append(round(a.lon + (x + nx) / scale, 6))
        if len(ts) > 1:
            r["track"] = {"t": ts, "lat": lats, "lon": lons}
    for key, value in more.items():
        if value is None:
            r.pop(key, None)
        else:
            r[key] = value
    r["_act"], r["_scenario"] = act.id, act.tag
    return r


def copy_of(r, source, athlete, **changes):
    """The record as another service shows it: same numbers, own id, nothing of the device."""
    out = {k: v for k, v in r.items() if k not in ("device", "external_id", "source")}
    out.update(source=source, external_id=athlete.next_id())
    for key, value in changes.items():
        if value is None:
            out.pop(key, None)
        else:
            out[key] = value
    return out


def moved(r, seconds):
    at = datetime.datetime.strptime(r["start_time"], "%Y-%m-%dT%H:%M:%SZ") + datetime.timedelta(seconds=seconds)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def cut(r, t0, t1):
    """The track between two seconds of the record, counted anew from the first."""
    if "track" not in r:
        return None
    rows = [row for row in zip(r["track"]["t"], r["track"]["lat"], r["track"]["lon"]) if t0 <= row[0] <= t1]
    return {"t": [round(t - t0, 1) for t, _, _ in rows], "lat": [row[1] for row in rows], "lon": [row[2] for row in rows]}


# ---- second recordings: scenario -> records of one act -------------------------------------------------------------------


def watch(act, **more):
    a = act.athlete
    return record(act, a.watch_source, device=a.watch, sigma=more.pop("sigma", 3.5), **more)


def phone(act, **more):
    """A phone or a second head unit, started by the other hand."""
    more.setdefault("t0", act.athlete.rng.uniform(0, 12))
    more.setdefault("t1", act.elapsed - act.athlete.rng.uniform(0, 12))
    more.setdefault("sigma", 5.0)
    more.setdefault("clock", act.athlete.rng.choice((-1, 1)) * act.athlete.rng.uniform(0.0, 1.0))
    return record(act, more.pop("source", "wahoo"), distance_error=0.012, **more)


def echo(act):
    first = watch(act)
    return [first, copy_of(first, "strava", act.athlete, elapsed_time_s=first["elapsed_time_s"], track=first.get("track"))]


def echo_moving(act):
    """The second service keeps the moving time where the first keeps the elapsed one."""
    first = watch(act)
    return [first, copy_of(first, "runkeeper", act.athlete, elapsed_time_s=first.get("moving_time_s"), moving_time_s=None, track=None)]


def two_devices(sigma, tracks):
    def make(act):
        lag = act.athlete.rng.choice((-1, 1)) * act.athlete.rng.uniform(0.5, 3.0)
        return [watch(act, sigma=3.5, track=tracks), phone(act, sigma=sigma, clock=lag, track=tracks)]
    return make


def trainer(act):
    r = act.athlete.rng
    first = watch(act, sport="indoor_cycling")
    second = phone(act, source="zwift", sport="virtual_cycling", t0=r.uniform(10, 60))
    second["distance_m"] = round(second["distance_m"] * r.choice((0.78, 0.82, 1.2, 1.26)), 1)
    return [first, second]


def late(seconds, tracks):
    return lambda act: [watch(act, track=tracks), phone(act, t0=seconds * act.athlete.rng.uniform(0.9, 1.1), track=tracks)]


def early_stop(tracks):
    return lambda act: [watch(act, track=tracks), phone(act, t1=act.elapsed * act.athlete.rng.uniform(0.6, 0.85), track=tracks)]


def cafe(act):
    """One device pauses itself, and its service gives the moving time only."""
    second = phone(act, source="runkeeper", track=False)
    second["elapsed_time_s"] = second.pop("moving_time_s")
    return [watch(act), second]


def zone(shifts, tracks, same_device=True):
    def make(act):
        first = watch(act, track=tracks)
        shift = act.athlete.rng.choice(shifts)
        if same_device:
            return [first, copy_of(first, "runkeeper", act.athlete, start_time=moved(first, shift))]
        second = phone(act, sigma=4.0, track=tracks)
        second["start_time"] = moved(second, shift)
        return [first, second]
    return make


def wrong_clock(tracks):
    def make(act):
        first, off = watch(act, track=tracks), act.athlete.rng.choice((-1, 1)) * 60 * act.athlete.rng.uniform(21, 23)
        second = phone(act, clock=off, track=tracks)
        return [first, second]
    return make


def by_hand(act, start_precision_s=None, day=False):
    r = act.athlete.rng
    start = 300 * round((act.start + r.uniform(-240, 240)) / 300)
    if day:
        start = 86400 * ((act.start + ZONE_S) // 86400) - ZONE_S
    far = act.distance_at(act.elapsed)
    return record(act, "manual", avg_heart_rate_bpm=None, max_heart_rate_bpm=None, moving_time_s=None, start_time=stamp(start),
                  elapsed_time_s=max(300, 300 * round(act.elapsed / 300)), distance_m=max(500.0, 500.0 * round(far / 500)) if far else None,
                  start_precision_s=start_precision_s)


def manual(precision, day=False):
    return lambda act: [watch(act), by_hand(act, precision, day)]


def privacy(act):
    first = watch(act)
    a, b = act.athlete.rng.uniform(90, 180), first["elapsed_time_s"] - act.athlete.rng.uniform(60, 180)
    second = copy_of(first, "strava", act.athlete, start_time=moved(first, round(a)), elapsed_time_s=round(b - a), track=cut(first, round(a), b),
                     moving_time_s=None, distance_m=round(act.distance_at(b) - act.distance_at(a), 1))
    if second["track"] is None:
        del second["track"]
    return [first, second]


def forgot(act):
    """The watch ran on for hours; the phone did not. The watch stays where the way ended."""
    second, first = phone(act), watch(act)
    extra = act.athlete.rng.uniform(2, 6) * 3600
    first["elapsed_time_s"] = round(first["elapsed_time_s"] + extra)
    first["distance_m"] = round(first["distance_m"] + 300, 1)
    return [first, second]


def labels(other):
    return lambda act: [watch(act), phone(act, sport=other, track=False)]


def strength_log(sport, source):
    """A watch's session and the log of the sets: bounds differ by minutes."""
    def make(act):
        r = act.athlete.rng
        return [watch(act, sport=sport), record(act, source, t0=r.uniform(0, 240), t1=act.elapsed - r.uniform(0, 300), sport="strength_training",
                                               avg_heart_rate_bpm=None, max_heart_rate_bpm=None)]
    return make


def split(tracks):
    def make(act):
        at = act.elapsed * act.athlete.rng.uniform(0.35, 0.65)
        return [watch(act, track=tracks), phone(act, t1=at, track=tracks), phone(act, t0=at + 45, track=tracks)]
    return make


def partial(tracks):
    """Watch from the start until its battery was empty, phone from somewhere before that to the end."""
    def make(act):
        return [watch(act, t1=act.elapsed * 0.65, track=tracks), phone(act, t0=act.elapsed * 0.35, track=tracks)]
    return make


def plain(act):
    return [watch(act)]


MOVING = [  # (scenario, weight, make); for activities with a way
    ("single recording", 30, plain),
    ("echo", 6, echo), ("echo, moving for elapsed", 4, echo_moving),
    ("two devices, 3.5 m", 6, two_devices(3.5, True)), ("two devices, 6 m", 5, two_devices(6.0, True)),
    ("two devices, no track", 5, two_devices(3.5, False)),
    ("late start 4 min", 2, late(240, True)), ("late start 4 min, no track", 2, late(240, False)),
    ("late start 12 min", 2, late(720, True)), ("late start 12 min, no track", 2, late(720, False)),
    ("early stop", 2, early_stop(True)), ("early stop, no track", 2, early_stop(False)),
    ("zone, whole hours, copy with track", 2, zone([3600, 7200, -7200, 25200, -36000], True)),
    ("zone, whole hours, copy without track", 2, zone([3600, 7200, -7200, 25200, -36000], False)),
    ("zone, fraction of an hour, copy", 2, zone([20700, 34200, -12600, 19800], False)),
    ("zone, other device with track", 2, zone([3600, -7200, 25200, 20700], True, False)),
    ("zone, other device without track", 2, zone([3600, -7200, 25200, 20700], False, False)),
    ("wrong clock 22 min", 2, wrong_clock(True)), ("wrong clock 22 min, no track", 2, wrong_clock(False)),
    ("by hand, precision told", 2, manual(300)), ("by hand, precision not told", 2, manual(None)), ("by hand, day only", 3, manual(86400, True)),
    ("privacy trim", 2, privacy), ("forgot to stop", 2, forgot),
    ("split in two", 2, split(True)), ("split in two, no track", 2, split(False)),
    ("partial overlap", 2, partial(True)), ("partial overlap, no track", 2, partial(False)),
]


# ---- an athlete's eight weeks --------------------------------------------------------------------------------------------


class Athlete:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.id, self.acts, self.ids = f"athlete-{seed:04}", 0, 0
        self.lat, self.lon = self.rng.uniform(-45, 60), self.rng.uniform(-120, 140)
        self.watch = f"W{seed}"
        self.watch_source = self.rng.choice(("garmin", "garmin", "fit_file"))  # a folder of files, for some
        self.records, self.busy = [], []
        self.runs = [Route(self.rng, self.rng.uniform(5000, 13000)) for _ in range(3)]
        self.rides = [Route(self.rng, self.rng.uniform(18000, 60000)) for _ in range(3)]
        self.way_to_work = Route(self.rng, self.rng.uniform(4500, 11000), closed=False)
        self.habits()

    def next_act(self):
        self.acts += 1
        return f"{self.id}:{self.acts}"

    def next_id(self):
        self.ids += 1
        return f"{self.ids:06}"

    def put(self, records, scenario=None):
        for r in records:
            if scenario:
                r["_scenario"] = scenario
            self.records.append(r)

    def free(self, start, elapsed):
        if any(start < b + 1800 and a < start + elapsed + 1800 for a, b in self.busy):
            return False
        self.busy.append((start, start + elapsed))
        return True

    def at(self, day, hour, minutes_sd):
        return 86400 * day + 3600 * hour - ZONE_S + round(self.rng.gauss(0, 60 * minutes_sd))

    def second(self, act, forced=None):
        name, _, make = self.rng.choices(MOVING, [w for _, w, _ in MOVING])[0]
        if forced:
            name, make = forced
        self.put(make(act), name if name != "single recording" else act.tag)

    # The plan of the weeks. Each of these is a different activity from its twin, whatever the totals say.
    def habits(self):
        r = self.rng
        punctual = r.choice((1.5, 4, 12))       # minutes by which a habit's start varies
        steady = r.choice((0.008, 0.02, 0.04))  # by which its pace varies from day to day
        commuter, streaker = r.random() < 0.5, r.random() < 0.5
        treadmill, logs_by_hand = r.random() < 0.4, r.random() < 0.4
        for week in range(8):
            for weekday in range(7):
                day = 7 * week + weekday
                if commuter and weekday < 5 and week % 2 == 0:
                    self.commute(day, punctual, steady)
                if streaker and weekday < 5 and week % 2 == 1:
                    self.same_loop(day, punctual, steady)
                if weekday == 1 and treadmill:
                    self.treadmill(day), self.treadmill(day + 1)
                if weekday == 2 and logs_by_hand:
                    self.habit_by_hand(day), self.habit_by_hand(day + 1)
                if weekday in (0, 3):
                    self.gym(day)
                if weekday == 5:
                    self.ride(day)
                if weekday == 6:
                    self.run(day)
                    self.mixed(day)
                if weekday == 4 and not streaker:
                    self.run(day, hour=18)
            self.oddity(7 * week + 2, week)

    def commute(self, day, punctual, steady):
        logged = self.rng.choice((0, 1)) if self.rng.random() < 0.15 else None  # one of the two also by hand, without a time
        for n, (hour, reverse) in enumerate(((7.6, False), (17.3, True))):
            start = self.at(day, hour, punctual)
            lights = [(self.rng.uniform(60, 900), self.rng.uniform(5, 45)) for _ in range(4)]
            act = Act(self, "commute", "cycling", start, route=self.way_to_work, speed=5.6 * (1 + self.rng.gauss(0, steady)), reverse=reverse,
                      distance=self.way_to_work.length, stops=lights)
            if self.free(start, act.elapsed):
                extra = self.rng.random()
                self.put(echo(act) if extra < 0.3 else two_devices(5.0, False)(act) if extra < 0.4 else [watch(act, track=extra < 0.8)])
                if n == logged:
                    self.put([by_hand(act, 86400, True)], "commute by hand, day only")
                    self.records[-1].update(elapsed_time_s=60 * round(act.elapsed / 60), distance_m=100.0 * round(act.distance_at(act.elapsed) / 100))

    def same_loop(self, day, punctual, steady):
        start = self.at(day, 6.4, punctual)
        route = self.runs[0]
        act = Act(self, "same loop, other day", "running", start, route=route, speed=3.1 * (1 + self.rng.gauss(0, steady)), distance=route.length)
        if self.free(start, act.elapsed):
            self.put(echo(act) if self.rng.random() < 0.4 else [watch(act)], None)

    def treadmill(self, day):
        """The programme of the machine: half an hour, the same figure on the display each time."""
        start = self.at(day, 6.5, 4)
        act = Act(self, "treadmill, round figures", "treadmill_running", start, 1800, speed=2.78, indoor=True)
        if self.free(start, 1800):
            first = watch(act, distance_m=5000.0, moving_time_s=1800, elapsed_time_s=1800)
            self.put([first, copy_of(first, "strava", self)])

    def habit_by_hand(self, day):
        start = self.at(day, 19.0, 0)
        act = Act(self, "habit by hand", "running", start, 1800, speed=2.78)
        if self.free(start, 1800):
            first = by_hand(act)
            first.update(start_time=stamp(start), elapsed_time_s=1800, distance_m=5000.0)
            self.put([first, copy_of(first, "strava", self)])

    def gym(self, day):
        start = self.at(day, 18.5, 10)
        act = Act(self, "gym", "strength_training", start, self.rng.uniform(2400, 4500))
        if not self.free(start, act.elapsed):
            return
        kind = self.rng.random()
        if kind < 0.3:
            self.put(plain(act))
        elif kind < 0.55:
            self.put(strength_log("strength_training", "hevy")(act), "strength: watch and log")
        elif kind < 0.7:
            self.put(strength_log("other", "hevy")(act), "label: strength, other")
        elif kind < 0.85:
            self.put(strength_log("climbing", "hevy")(act), "label: strength, climbing")
        else:
            log = strength_log("strength_training", "hevy")(act)
            parent = log[1]
            t = 60.0
            while t + 60 < parent["elapsed_time_s"]:
                one = record(act, "hevy", t0=t, t1=t + self.rng.uniform(20, 50), parent_id=parent["external_id"], avg_heart_rate_bpm=None, max_heart_rate_bpm=None)
                log.append(one)
                t += self.rng.uniform(120, 240)
            self.put(log, "gym: sets as children")

    def ride(self, day):
        start = self.at(day, 9.0, 40)
        route = self.rng.choice(self.rides)
        stop = [(2400, self.rng.uniform(1500, 3600))] if self.rng.random() < 0.4 else []
        act = Act(self, "ride", "cycling", start, route=route, speed=7.2 * (1 + self.rng.gauss(0, 0.04)), distance=route.length, stops=stop)
        if self.free(start, act.elapsed):
            self.second(act, ("cafe stop", cafe) if stop and self.rng.random() < 0.5 else None)

    def run(self, day, hour=16):
        start = self.at(day, hour, 40)
        route = self.rng.choice(self.runs)
        act = Act(self, "run", "running", start, route=route, speed=3.0 * (1 + self.rng.gauss(0, 0.04)), distance=route.length)
        if self.free(start, act.elapsed):
            self.second(act)

    def mixed(self, day):
        """Walks, hikes and the trainer, whose labels and distances differ."""
        r = self.rng
        start = self.at(day, 10.5, 30)
        kind = r.choice(("hike", "run-walk", "trainer", "trainer", "none"))
        route = r.choice(self.runs)
        if kind == "hike":
            act = Act(self, "hike", "hiking", start, route=route, speed=1.2, distance=route.length)
            make, name = labels("walking"), "label: hike, walk"
        elif kind == "run-walk":
            act = Act(self, "walk", "running", start, route=route, speed=2.0, distance=route.length)
            make, name = labels("walking"), "label: run, walk"
        elif kind == "trainer":
            act = Act(self, "trainer", "indoor_cycling", start, r.uniform(2400, 5400), speed=8.5, indoor=True)
            make, name = trainer, "trainer, distance 20 % off"
        else:
            return
        if self.free(start, act.elapsed):
            self.put(make(act), name)

    def oddity(self, day, week):
        """One hard negative, or a session of several parts, each week."""
        r = self.rng
        start = self.at(day, 12.0, 20)
        if not self.free(start, 4 * 3600):
            return
        if self.rng.random() < 0.5:
            week = r.randrange(9)
        tracks = r.random() < 0.6
        run = self.runs[1]
        piece = lambda tag, sport, at, seconds, speed=3.5, route=run: Act(self, tag, sport, at, seconds, route=route, speed=speed)
        if week == 0:  # repetitions, each its own activity
            reps = [piece("repetitions", "running", start + 240 * i, 180, 4.5 + r.gauss(0, 0.05)) for i in range(6)]
            for act in reps:
                first = watch(act, track=tracks)
                self.put([first, copy_of(first, "strava", self)] if r.random() < 0.3 else [first])
        elif week == 1:  # warm-up, ride, cool-down
            at = start
            for seconds in (600, r.uniform(1800, 3600), 600):
                act = piece("warm-up, ride, cool-down", "cycling", at, seconds, 7.0, self.rides[0])
                self.put([watch(act, track=tracks)])
                at += act.elapsed + r.uniform(5, 60)
        elif week == 2:  # two sports put down with one start
            by = r.choice((("manual", "manual"), ("manual", "strava"), ("hevy", "strava")))
            length = r.choice((1800, 1920))
            for source, sport, at, seconds in ((by[0], "yoga", start, 1800), (by[1], "core_training", start + r.choice((0, 60, 120)), length)):
                act = Act(self, "two sports, one start", sport, at, seconds)
                self.put([record(act, source, avg_heart_rate_bpm=None, max_heart_rate_bpm=None)])
        elif week == 3:  # false start, then the run
            self.put([watch(piece("false start", "running", start, 40), track=tracks)])
            act = Act(self, "false start", "running", start + 70, route=run, speed=3.0, distance=run.length)
            self.put([watch(act, track=tracks), phone(act, t0=r.uniform(0, 10), track=tracks)])
        elif week == 4:  # ride, then run; a second device took both apart as well
            act = Act(self, "brick", "cycling", start, route=self.rides[1], speed=7.5, distance=18000)
            after = Act(self, "brick", "running", start + act.elapsed + r.uniform(60, 240), route=run, speed=3.2, distance=5000)
            for one in (act, after):
                self.put(two_devices(5.0, tracks)(one))
        elif week == 5:  # two short stretches, start known to the minute or to five
            told = r.choice((None, 60, 300))
            for at in (start, start + 330):
                act = Act(self, "two short stretches", "stretching", at, 300)
                self.put([record(act, r.choice(("strava", "garmin")), start_precision_s=told, avg_heart_rate_bpm=None, max_heart_rate_bpm=None)])
        elif week == 6:  # one device hands over to the next; two rides for whoever asks what each recorded
            first = Act(self, "hand-over", "cycling", start, route=self.rides[2], speed=7.0, distance=12000)
            other = Act(self, "hand-over", "cycling", start + first.elapsed - r.uniform(-60, 60), route=self.rides[2], speed=7.0, distance=12000, reverse=True)
            self.put([watch(first, track=tracks), phone(other, t0=0, track=tracks)])
        elif week == 7:  # triathlon: parent and legs here, single sports there
            self.multisport(start, tracks, legs_there=True)
        else:
            self.multisport(start, tracks, legs_there=False)

    def multisport(self, start, tracks, legs_there):
        """A parent with legs on the watch; there: each sport by itself, or a session with legs of its own. One session."""
        r = self.rng
        legs, at = [], start
        session = self.next_act()
        for sport, metres, speed, route in (("open_water_swimming", 1500, 1.0, self.runs[2]), ("transition", 120, 1.0, self.runs[2]),
                                            ("cycling", 20000, 8.0, self.rides[0]), ("transition", 90, 1.0, self.runs[2]), ("running", 5000, 3.3, self.runs[1])):
            act = Act(self, "multisport", sport, at, route=route, speed=speed, distance=metres)
            act.id = session
            legs.append(act)
            at += act.elapsed
        whole = Act(self, "multisport", "triathlon", start, at - start)
        whole.id = session

        def session_of(source, button_s):
            parent = record(whole, source, distance_m=26710.0)
            out = [parent]
            for act in legs:
                lap = r.uniform(-button_s, button_s)
                out.append(record(act, source, clock=lap, sigma=4.0, track=tracks and act.sport != "open_water_swimming", parent_id=parent["external_id"]))
            return out

        mine = session_of("garmin", 0)
        if legs_there:
            theirs = [phone(act, t0=0 if i else r.uniform(0, 30), track=tracks and act.sport != "open_water_swimming") for i, act in enumerate(legs) if act.sport != "transition"]
            self.put(mine + theirs, "multisport, single sports there")
        else:
            self.put(mine + session_of("coros", 25), "multisport, sessions on both")


# ---- running and counting ---------------------------------------------------------------------------------------------------


def key(r):
    return r["athlete_id"], r["source"], r["external_id"]


def run(binary, records):
    """Groups by record number, and the set of number pairs in review, with the links."""
    text = "\n".join(json.dumps({k: v for k, v in r.items() if k[0] != "_"}, separators=(",", ":")) for r in records)
    done = subprocess.run([binary, "groups"], input=text.encode(), capture_output=True, check=True)
    if done.stderr:
        sys.exit("scenarios.py: records rejected: " + done.stderr.decode()[:500])
    number = {key(r): i for i, r in enumerate(records)}
    group, links = [None] * len(records), {}
    for g, line in enumerate(done.stdout.decode().splitlines()):
        answer = json.loads(line)
        of = lambda m: number[answer["athlete_id"], m["source"], m["external_id"]]
        for m in answer["members"]:
            group[of(m)] = g
        for link in answer["links"]:
            links[tuple(sorted((of(link["a"]), of(link["b"]))))] = link
    if None in group:
        sys.exit("scenarios.py: a record is in no group")
    return group, links


def declared(a, b):
    """Legs of one parent, or a leg and its parent: told by the source, so nothing to find."""
    if a["source"] != b["source"]:
        return False
    return a.get("parent_id") in (b["external_id"], b.get("parent_id", "")) or b.get("parent_id") == a["external_id"]


def pairs_of(group):
    by = collections.defaultdict(list)
    for i, g in enumerate(group):
        by[g].append(i)
    for members in by.values():
        for k, i in enumerate(members):
            for j in members[k + 1:]:
                yield i, j


def scenario_of(a, b):
    return a["_scenario"] if a["_scenario"] == b["_scenario"] else " / ".join(sorted((a["_scenario"], b["_scenario"])))


def measure(records, group, links):
    """scenario -> counts, and the lists of wrong, missed and reviewed pairs."""
    count = collections.defaultdict(collections.Counter)
    lists = {"wrong": [], "missed": [], "review": [], "needless review": []}
    asked = {tuple(sorted((group[i], group[j]))) for (i, j), link in links.items() if not link["joined"]}
    for i, j in pairs_of([r["_act"] for r in records]):
        a, b = records[i], records[j]
        if declared(a, b):
            continue
        c = count[max(a["_scenario"], b["_scenario"], key=lambda name: ("by hand" in name, name))]
        c["pairs"] += 1
        if group[i] == group[j]:
            c["found"] += 1
        elif tuple(sorted((group[i], group[j]))) in asked:
            c["review"] += 1
            lists["review"].append((i, j))
        else:
            c["missed"] += 1
            lists["missed"].append((i, j))
    for i, j in pairs_of(group):
        if records[i]["_act"] != records[j]["_act"]:
            for name in {records[i]["_scenario"], records[j]["_scenario"]}:
                count[name]["wrong"] += 1
            lists["wrong"].append((i, j))
    for (i, j), link in links.items():
        if not link["joined"] and records[i]["_act"] != records[j]["_act"]:
            for name in {records[i]["_scenario"], records[j]["_scenario"]}:
                count[name]["needless"] += 1
            lists["needless review"].append((i, j))
    for r in records:
        count[r["_scenario"]]["records"] += 1
    return count, lists


def percent(part, whole):
    return "" if whole == 0 else f"{100 * part / whole:.1f}"


def histories(seeds):
    return [r for seed in seeds for r in Athlete(seed).records]


def check(binary, athletes):
    faults = []
    records = histories(range(1, athletes + 1))
    group, links = run(binary, records)
    count, lists = measure(records, group, links)
    wrong = len(lists["wrong"])
    if wrong > WRONG_JOINS_MAX:
        faults.append(f"{wrong} wrong joins, at most {WRONG_JOINS_MAX}: " + ", ".join(f"{key(records[i])} {key(records[j])}" for i, j in lists["wrong"][:5]))
    for name, (recall, seen, _) in BOUNDS.items():
        c = count[name]
        if c["pairs"] == 0:
            faults.append(f"{name}: no pair was made")
            continue
        if 100 * c["found"] < recall * c["pairs"]:
            faults.append(f"{name}: recall {percent(c['found'], c['pairs'])} %, at least {recall}")
        if 100 * (c["found"] + c["review"]) < seen * c["pairs"]:
            faults.append(f"{name}: joined or in review {percent(c['found'] + c['review'], c['pairs'])} %, at least {seen}")
    for fault in faults:
        print(fault)
    print(f"{len(records)} records of {athletes} athletes, {wrong} wrong joins, {len(faults)} faults")
    return 1 if faults else 0


def dump(binary, athletes, folder):
    os.makedirs(folder, exist_ok=True)
    records = histories(range(1, athletes + 1))
    group, links = run(binary, records)
    _, lists = measure(records, group, links)
    with open(os.path.join(folder, "records.ndjson"), "w") as out:
        for r in records:
            out.write(json.dumps({k: v for k, v in r.items() if k[0] != "_"}, separators=(",", ":")) + "\n")
    with open(os.path.join(folder, "pairs.ndjson"), "w") as out:
        for kind, pairs in lists.items():
            for i, j in pairs:
                a, b = records[i], records[j]
                brief = lambda r: [r["source"], r["external_id"], r["start_time"], r.get("elapsed_time_s"), r.get("distance_m"), r["activity_type"], "track" in r]
                link = links.get((min(i, j), max(i, j)))
                out.write(json.dumps({"kind": kind, "scenario": scenario_of(a, b), "athlete": a["athlete_id"], "a": brief(a), "b": brief(b),
                                      "weight": link["weight"] if link else None,
                                      "evidence": [[e["of"], e["weight"], e["saw"]] for e in link["evidence"]] if link else None}) + "\n")


def main():
    arguments = sys.argv[1:]
    if not arguments:
        sys.exit(__doc__)
    binary, mode = arguments[0], arguments[1] if len(arguments) > 1 else "--check"
    athletes = int(os.environ.get("COINCIDE_ATHLETES", "24" if mode == "--check" else "60"))
    if mode == "--check":
        return check(binary, athletes)
    if mode == "--dump" and len(arguments) == 3:
        return dump(binary, athletes, arguments[2])
    sys.exit(__doc__)


if __name__ == "__main__":
    sys.exit(main())
