"""Deferred acceptance in Python, for the benchmark's figures; mentees propose.

Usage: deferred-acceptance.py matching|plain mentees.csv mentors.csv places.csv

The first is the library `matching` (its hospital-resident game); the second is written for this benchmark as a textbook has
it: lists, and ranks in dictionaries. Solving alone is timed. One line of JSON: {"ms": ..., "pairs": [[mentee, mentor], ...]}.
"""

import csv
import json
import sys
import time


def lists(path):
    ranked = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            ranked.setdefault(row["person"], []).append((int(row["rank"]), row["choice"]))
    return {person: [choice for _, choice in sorted(choices)] for person, choices in ranked.items()}


def by_library(mentees, mentors, places):
    from matching.games import HospitalResident

    game = HospitalResident.create_from_dictionaries(mentees, mentors, places)
    start = time.perf_counter()
    result = game.solve(optimal="resident")
    elapsed = time.perf_counter() - start
    return elapsed, [[mentee.name, mentor.name] for mentor, held in result.items() for mentee in held]


def by_textbook(mentees, mentors, places):
    rank = {mentor: {mentee: at for at, mentee in enumerate(choices)} for mentor, choices in mentors.items()}
    start = time.perf_counter()
    held = {mentor: [] for mentor in mentors}
    asked = dict.fromkeys(mentees, 0)
    free = list(mentees)
    while free:
        mentee = free.pop()
        choices = mentees[mentee]
        while asked[mentee] < len(choices):
            mentor = choices[asked[mentee]]
            asked[mentee] += 1
            ranks = rank[mentor]
            if len(held[mentor]) < places[mentor]:
                held[mentor].append(mentee)
                break
            worst = max(held[mentor], key=ranks.__getitem__)
            if ranks[mentee] < ranks[worst]:
                held[mentor].remove(worst)
                held[mentor].append(mentee)
                free.append(worst)
                break
    elapsed = time.perf_counter() - start
    return elapsed, [[mentee, mentor] for mentor, mentees in held.items() for mentee in mentees]


def main():
    method, *files = sys.argv[1:]
    mentees, mentors = lists(files[0]), lists(files[1])
    with open(files[2], newline="") as file:
        places = {row["mentor"]: int(row["places"]) for row in csv.DictReader(file)}
    solve = by_library if method == "matching" else by_textbook
    elapsed, pairs = solve(mentees, mentors, {mentor: places[mentor] for mentor in mentors})
    json.dump({"ms": 1000 * elapsed, "pairs": sorted(pairs)}, sys.stdout)


main()
