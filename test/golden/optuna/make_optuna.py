"""What Optuna 5.0.0 makes of fixed histories: densities of TPE, the trials that it calls good, decisions of its pruners.

    python test/golden/optuna/make_optuna.py > test/golden/optuna/optuna.json

numpy's default sort breaks ties as the processor has it; kernels of equal observations are taken in their order here.
"""

import json
import random
import sys
import warnings

import numpy as np
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers._tpe import _truncnorm, parzen_estimator, probability_distributions
from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator, _ParzenEstimatorParameters
from optuna.samplers._tpe.sampler import _split_trials, default_gamma, default_weights
from optuna.trial import TrialState, create_trial

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
assert optuna.__version__ == "5.0.0", optuna.__version__


class Stable:
    """numpy, whose argsort keeps the order of equal values."""

    def __getattr__(self, name):
        return getattr(np, name)

    @staticmethod
    def argsort(values, kind="stable"):
        return np.argsort(values, kind="stable")


parzen_estimator.np = Stable()
SETTINGS = _ParzenEstimatorParameters(1.0, True, False, default_weights, True)
SPACE = {
    "rate": ({"kind": "float", "low": 5e-6, "high": 5e-5, "log": True}, FloatDistribution(5e-6, 5e-5, log=True)),
    "dropout": ({"kind": "float", "low": 0.05, "high": 0.3}, FloatDistribution(0.05, 0.3)),
    "share": ({"kind": "float", "low": 0.1, "high": 0.9, "step": 0.1}, FloatDistribution(0.1, 0.9, step=0.1)),
    "filters": ({"kind": "int", "low": 32, "high": 128, "step": 16}, IntDistribution(32, 128, step=16)),
    "heads": ({"kind": "int", "low": 1, "high": 4}, IntDistribution(1, 4)),
    "leaves": ({"kind": "int", "low": 4, "high": 128, "log": True}, IntDistribution(4, 128, log=True)),
    "size": ({"kind": "choice", "choices": [32, 48, 64, 96]}, CategoricalDistribution((32, 48, 64, 96))),
    "activation": ({"kind": "choice", "choices": ["relu", "gelu"]}, CategoricalDistribution(("relu", "gelu"))),
}


def draw(rng: random.Random, name: str) -> float:
    d = SPACE[name][1]
    if isinstance(d, CategoricalDistribution):
        return float(rng.randrange(len(d.choices)))
    if isinstance(d, IntDistribution):
        return float(d.low + d.step * rng.randrange((d.high - d.low) // d.step + 1))
    if d.step is not None:
        return min(d.high, d.low + d.step * rng.randrange(9))
    if d.log:
        return float(np.exp(rng.uniform(np.log(d.low), np.log(d.high))))
    return rng.uniform(d.low, d.high)


def parzen(rng: random.Random, names: list[str], count: int, points: int) -> dict:
    observations = {name: np.array([draw(rng, name) for _ in range(count)]) for name in names}
    at = {name: np.array([draw(rng, name) for _ in range(points)]) for name in names}
    found = _ParzenEstimator(observations, {name: SPACE[name][1] for name in names}, SETTINGS)
    mixture = found._mixture_distribution
    columns = []
    for d in mixture.distributions:
        if hasattr(d, "mu"):
            columns.append({"mu": d.mu.tolist(), "sigma": d.sigma.tolist()})
        else:
            columns.append({"weights": d.weights.ravel().tolist()})
    return {
        "names": names,
        "observations": [observations[name].tolist() for name in names],
        "points": [at[name].tolist() for name in names],
        "weights": mixture.weights.tolist(),
        "columns": columns,
        "logDensity": found.log_pdf(at).tolist(),
    }


def truncated(rng: random.Random) -> list:
    rows = []
    for _ in range(60):
        a, b = sorted((rng.gauss(0, 6), rng.gauss(0, 6)))
        rows.append((rng.random(), a, b))
    rows += [(0.3, -40.0, -39.0), (0.7, 38.0, 41.0), (0.999999, -1e-3, 2.0), (1e-12, -8.0, 8.0), (0.5, -30.0, 1.0)]
    q, a, b = (np.array([row[k] for row in rows]) for k in range(3))
    mass = _truncnorm._log_gauss_mass(a, b)
    return [list(row) for row in zip(q, a, b, mass.tolist(), _truncnorm.ppf(q, a, b).tolist())]


STATES = [TrialState.COMPLETE] * 6 + [TrialState.PRUNED] * 3 + [TrialState.FAIL, TrialState.RUNNING]


def add(study: optuna.Study, state: TrialState, value, intermediate: dict) -> None:
    study.add_trial(
        create_trial(
            state=state,
            value=value if state == TrialState.COMPLETE else None,
            intermediate_values=intermediate,
        )
    )


def trial_of(number: int, state: TrialState, value, intermediate: dict, attrs: dict) -> dict:
    rungs = []
    while f"completed_rung_{len(rungs)}" in attrs:
        rungs.append(attrs[f"completed_rung_{len(rungs)}"])
    return {
        "number": number,
        "state": state.name,
        "value": value,
        "intermediate": [[s, None if v != v else v] for s, v in intermediate.items()],
        "rungs": rungs,
    }


def splitting(rng: random.Random, count: int, direction: str) -> dict:
    study = optuna.create_study(direction=direction)
    for _ in range(count):
        state = rng.choice(STATES)
        steps = rng.randrange(0, 5)
        values = {s: float("nan") if rng.random() < 0.1 else round(rng.random(), 2) for s in range(steps)}
        add(study, state, round(rng.random(), 2), values)
    trials = [t for t in study.trials if t.state.name in ("COMPLETE", "PRUNED", "RUNNING")]
    n = sum(t.state != TrialState.RUNNING for t in trials)
    below, above = _split_trials(study, trials, default_gamma(n))
    return {
        "direction": direction.upper(),
        "trials": [trial_of(t.number, t.state, t.value if t.values else None, t.intermediate_values, {}) for t in study.trials],
        "below": [t.number for t in below],
        "above": [t.number for t in above],
    }


def pruning(rng: random.Random, name: str, direction: str, trials: int, steps: int) -> dict:
    """Trials one after the other, as a study runs them: what each reported, and what the pruner said every time."""
    pruner = {"median": optuna.pruners.MedianPruner, "asha": optuna.pruners.SuccessiveHalvingPruner}[name]()
    study = optuna.create_study(direction=direction, pruner=pruner)
    told = []
    for _ in range(trials):
        trial = study.ask()
        skill = rng.random()
        asked = []
        pruned = False
        value = None
        for step in range(1, steps + 1):
            value = float("nan") if rng.random() < 0.03 else round(skill + 0.3 * rng.random() + 0.02 * step, 3)
            trial.report(value, step)
            pruned = bool(trial.should_prune())
            asked.append([step, None if value != value else value, pruned])
            if pruned:
                break
        if pruned:
            study.tell(trial, state=TrialState.PRUNED)
        elif value != value:
            study.tell(trial, state=TrialState.FAIL)
        else:
            study.tell(trial, value)
        told.append({"asked": asked, "state": study.trials[-1].state.name})
    return {"pruner": name, "direction": direction.upper(), "trials": told}


def main() -> None:
    rng = random.Random(5)
    every = list(SPACE)
    cases = [parzen(rng, [name], count, 12) for name in every for count in (0, 1, 2, 9, 40)]
    cases += [parzen(rng, every, count, 12) for count in (0, 1, 3, 24, 25, 26, 27, 120)]
    golden = {
        "version": optuna.__version__,
        "space": {name: dimension for name, (dimension, _) in SPACE.items()},
        "parzen": cases,
        "truncated": truncated(rng),
        "splits": [splitting(rng, count, d) for count in (1, 12, 60, 300) for d in ("minimize", "maximize")],
        "pruning": [
            pruning(rng, name, d, trials, steps)
            for name in ("median", "asha")
            for d in ("minimize", "maximize")
            for trials, steps in ((40, 5), (40, 40), (12, 250))
        ],
    }
    json.dump(golden, sys.stdout, separators=(",", ":"))
    print()


main()
