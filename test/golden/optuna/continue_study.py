"""Opens a study that `minotaur tune` made, says what Optuna reads there, and goes on with it by Optuna's own sampler.

    python test/golden/optuna/continue_study.py STUDY.db [NAME]

The objective is made up: what is shown is that trials of either side are trials to the other. `minotaur tune --resume` on the
same study then counts these trials, chooses by them, and takes none of them as its winner, because they have no files.
"""

import sys

import optuna

assert optuna.__version__ == "5.0.0", optuna.__version__
optuna.logging.set_verbosity(optuna.logging.WARNING)
name = sys.argv[2] if len(sys.argv) > 2 else "tune"
study = optuna.load_study(study_name=name, storage=f"sqlite:///{sys.argv[1]}")
study.sampler = optuna.samplers.TPESampler(seed=1)
before = study.trials
states = {state: sum(t.state.name == state for t in before) for state in ("COMPLETE", "PRUNED", "FAIL", "RUNNING")}
print(f"{name}: {study.direction.name}, {len(before)} trials, {states}")
print(f"best {study.best_trial.number}: {study.best_value:.4f} {study.best_params}")
print(f"steps of trial 0: {before[0].intermediate_values}")
print(f"told of trial 0: {sorted(before[0].user_attrs)}")
space = before[0].distributions


def objective(trial: optuna.Trial) -> float:
    for parameter, distribution in space.items():
        trial._suggest(parameter, distribution)
    for step in range(1, 4):
        trial.report(0.5, step)
    return 0.5


study.optimize(objective, n_trials=2)
print(f"gone on by Optuna: {len(study.trials)} trials, the last {study.trials[-1].state.name} {study.trials[-1].params}")
print(f"importances: {[(k, round(v, 3)) for k, v in optuna.importance.get_param_importances(study).items()]}")
