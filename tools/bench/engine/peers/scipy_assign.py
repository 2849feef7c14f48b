"""The same round solved by SciPy: most pairs, then the highest total. Reads the files of the engine's command line.

    scipy_assign.py PAIRS.csv PLACES.csv  ->  {"count": .., "total": .., "ms": ..}: solving alone

A mentor with several places is as many columns. Every pair listed: linear_sum_assignment on the whole matrix. Else the
sparse matching of scipy.sparse.csgraph, which needs one side to be matched in full, and says so where it cannot.
"""

import csv
import json
import sys
import time

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

pairs_file, places_file = sys.argv[1:]
with open(places_file, newline="") as lines:
    places = {row["mentor"]: int(row["places"]) for row in csv.DictReader(lines)}
first_column = dict(zip(places, np.concatenate([[0], np.cumsum(list(places.values()))[:-1]])))
columns = sum(places.values())
mentee_at = {}
rows, slots, scores = [], [], []
pair_count = 0
with open(pairs_file, newline="") as lines:
    for row in csv.DictReader(lines):
        pair_count += 1
        at = mentee_at.setdefault(row["mentee"], len(mentee_at))
        for place in range(places[row["mentor"]]):
            rows.append(at)
            slots.append(first_column[row["mentor"]] + place)
            scores.append(int(row["score"]))

shape = (len(mentee_at), columns)
if pair_count == len(mentee_at) * len(places):
    matrix = np.zeros(shape, dtype=np.int64)
    matrix[rows, slots] = scores
    started = time.perf_counter()
    chosen_rows, chosen_columns = linear_sum_assignment(matrix, maximize=True)
    took = time.perf_counter() - started
    total = int(matrix[chosen_rows, chosen_columns].sum())
else:
    # A stored 0 would be no pair, so every score is one higher; the number of pairs is given.
    matrix = csr_matrix((np.array(scores) + 1, (rows, slots)), shape=shape)
    started = time.perf_counter()
    chosen_rows, chosen_columns = min_weight_full_bipartite_matching(matrix, maximize=True)
    took = time.perf_counter() - started
    total = int(matrix[chosen_rows, chosen_columns].sum()) - len(chosen_rows)
print(json.dumps({"count": len(chosen_rows), "total": total, "ms": 1000 * took}))
