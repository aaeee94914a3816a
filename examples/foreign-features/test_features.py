"""For `pytest -p minotaur_verify`, with Minotaur's folder `python` in PYTHONPATH: fails where a feature reads the future."""


def test_features_read_no_future(minotaur_verify):
    minotaur_verify('features.py:make', bars='bars.csv', labels=['coming'])
