"""pandas: peer_pandas.py strings|categories FILE TABLE"""
import sys
import time

import pandas

keys, path, table = sys.argv[1:4]


def say(what, began, answer):
    print(f"pandas {pandas.__version__}, {keys}", 1, what, f"{(time.time() - began) * 1000:.1f}", answer, sep="\t")


began = time.time()
kind = "category" if keys == "categories" else object
facts = pandas.read_csv(path, dtype={"region": kind, "industry": kind})
say("load", began, "")


def total(columns):
    return facts.groupby(columns, observed=True, sort=False)["value"].transform("sum") if columns else facts["value"].sum()


for question in ("rows", "pooled"):
    period = ["period"] if question == "rows" else []
    for turn in range(5):
        began = time.time()
        single = question == "rows" and table != "several"
        cell = facts["value"] if single else total(period + ["region", "industry"])
        answer = ((cell / total(period + ["region"])) / (total(period + ["industry"]) / total(period))).sum()
        say(question, began, repr(float(answer)))
