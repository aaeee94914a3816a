/** What deploy/ holds: figures that exist, files that are what they say. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { parser } from '@prometheus-io/lezer-promql';
import { validate } from 'dockerfile-utils';
import { parse } from 'yaml';
import { NO_COUNTS } from '../packages/minotaur/src/bus/recovery/shard.ts';
import { probedWorker } from '../packages/minotaur/src/bus/worker/health.ts';
import type { BusWorker } from '../packages/minotaur/src/bus/worker/worker.ts';
import { createFollowed } from '../packages/minotaur/src/runs/sinks/followed.ts';
import { FAMILIES, type Family } from '../packages/minotaur/src/service/metrics/families.ts';
import { createMetrics } from '../packages/minotaur/src/service/metrics/metrics.ts';
import { temporaryFolder } from './cli.ts';
import { dockerfile, path, read, root, setting } from './deployed.ts';
import { memoryLog } from './memory-log.ts';

const yaml = <T>(name: string): T => parse(read(name), { strict: true, uniqueKeys: true }) as T;
const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string };
}
const rules = yaml<{ groups: { rules: Rule[] }[] }>('alerts.yaml').groups.flatMap(({ rules: own }) => own);

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}
const dashboard = JSON.parse(read('grafana/dashboards/minotaur.json')) as { uid: string; panels: readonly Panel[] };
const shown = dashboard.panels.flatMap(({ title, targets = [] }) => targets.map((target) => ({ title, ...target })));

/** Labels that Prometheus itself puts there. */
const ITS_OWN = ['job', 'instance', 'le'];

interface Query {
  /** With the labels that its selectors ask for. */
  readonly metrics: readonly { readonly name: string; readonly labels: readonly string[] }[];
  /** Of `by (...)`; none where it is not aggregated. */
  readonly grouped: readonly string[];
}

/** What a query is about. */
function query(expr: string, where: string): Query {
  const text = expr.replaceAll('$__rate_interval', '5m');
  const metrics: { name: string; labels: string[] }[] = [];
  const grouped: string[] = [];
  let isGrouping = false;
  parser.parse(text).iterate({
    enter({ type, from, to }) {
      const word = text.slice(from, to);
      assert.ok(!type.isError, `${where}: no PromQL at ${text.slice(from)}`);
      if (type.name === 'VectorSelector') metrics.push({ name: '', labels: [] });
      const newest = metrics.at(-1);
      if (type.name === 'GroupingLabels') isGrouping = true;
      else if (type.name === 'Identifier' && newest?.name === '') newest.name = word;
      else if (type.name === 'LabelName') (isGrouping ? grouped : (newest?.labels ?? [])).push(word);
    },
    leave({ type }) {
      if (type.name === 'GroupingLabels') isGrouping = false;
    },
  });
  assert.ok(metrics.length > 0, where);
  return { metrics, grouped };
}

/** Figures of what runs beside the service, by name: gauges and counters without labels. */
function besides(text: string): ReadonlyMap<string, Family> {
  const types = text.matchAll(/^# TYPE minotaur_(\w+) (gauge|counter)$/gm);
  return new Map(
    [...types].map(([, name, type]) => [
      name,
      { type: type === 'gauge' ? type : 'counter', help: '', labels: [], buckets: [] },
    ]),
  );
}
const worker: BusWorker = {
  status: () => ({
    ...NO_COUNTS,
    waiting: 0,
    kept: 0,
    partitions: [],
    begun: 0,
    chains: 0,
    slowestBeginning: 0,
    failed: [],
    retries: 0,
    halted: [],
  }),
  lag: () => Promise.resolve(0),
  stop: () => Promise.resolve(),
  broken: new Promise<never>(() => {}),
};
const beside = besides(
  (await probedWorker(worker, () => 0).metrics()) + (await createFollowed(memoryLog(), 1).metrics()),
);

const text = await (await createMetrics()).text();
const processNames = new Set([...text.matchAll(/^# TYPE ((?:process|nodejs)_\w+)/gm)].map(([, name]) => name));

/** The family of a metric's name; undefined where it is the process's own, or Prometheus's. */
function familyOf(name: string, where: string): { key: string; family: Family } | undefined {
  if (name === 'up' || processNames.has(name)) return undefined;
  const families: Readonly<Record<string, Family>> = { ...FAMILIES, ...Object.fromEntries(beside) };
  const full = name.replace(/^minotaur_/, '');
  const key = full.replace(/_bucket$/, '');
  assert.ok(name.startsWith('minotaur_') && key in families, `${where}: there is no metric ${name}`);
  const family = families[key];
  assert.equal(full.endsWith('_bucket'), family.type === 'histogram', `${where}: ${name} is a ${family.type}`);
  return { key, family };
}

/** Holds a query against the families; which of them it is about. */
function check(expr: string, where: string, legend = ''): string[] {
  const { metrics, grouped } = query(expr, where);
  const found = metrics.map(({ name, labels }) => ({ ...familyOf(name, where), labels }));
  for (const { family, labels } of found)
    for (const label of labels)
      assert.ok([...ITS_OWN, ...(family?.labels ?? [])].includes(label), `${where}: ${label}`);
  const all = found.flatMap(({ family }) => family?.labels ?? []);
  for (const label of grouped) assert.ok([...ITS_OWN, ...all].includes(label), `${where}: by (${label})`);
  const kept = /\bby\b/.test(expr) ? grouped : [...ITS_OWN, ...all];
  for (const [, label] of legend.matchAll(/\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}/g))
    assert.ok(kept.includes(label), `${where}: ${label} is no label of what it shows`);
  return found.flatMap(({ key }) => (key === undefined ? [] : [key]));
}

test('every figure of the dashboard exists, with its labels, and every figure that exists is on it', () => {
  assert.ok(shown.length > 30);
  const used = new Set(shown.flatMap(({ expr, title, legendFormat }) => check(expr, title, legendFormat)));
  assert.deepEqual(
    [...Object.keys(FAMILIES), ...beside.keys()].filter((name) => !used.has(name)),
    [],
  );
  assert.throws(() => check('sum by (colour) (minotaur_ready)', 'planted'), /by \(colour\)/);
  assert.throws(() => check('minotaur_readiness', 'planted'), /there is no metric/);
  assert.throws(() => check('rate(minotaur_ready[5m]', 'planted'), /no PromQL/);
  assert.throws(() => check('minotaur_connected{color="red"}', 'planted'), /color/);
});

test('panels lie beside each other and not upon each other', () => {
  const taken = new Map<string, string>();
  for (const { title, gridPos } of dashboard.panels)
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        assert.ok(x < 24 && !taken.has(`${x} ${y}`), `${title} lies upon ${taken.get(`${x} ${y}`)}`);
        taken.set(`${x} ${y}`, title);
      }
  assert.equal(new Set(dashboard.panels.map(({ id }) => id)).size, dashboard.panels.length);
});

test('every alert asks for figures that exist, and the page on operating says what to do', () => {
  const manual = readFileSync(join(root, 'docs/operating.md'), 'utf8');
  for (const { alert, expr, labels, annotations } of rules) {
    check(expr, alert, annotations.summary);
    assert.ok(['page', 'ticket'].includes(labels.severity), alert);
    assert.match(
      manual,
      new RegExp(`^\\| \`${alert}\` \\| ${labels.severity} \\| .{40,}$`, 'm'),
      `${alert} is not explained`,
    );
  }
  const explained = [...manual.matchAll(/^\| `(Minotaur\w+)`/gm)].map(([, name]) => name);
  assert.deepEqual(
    explained,
    rules.map(({ alert }) => alert),
  );
});

interface Service {
  readonly ports: readonly string[];
  readonly secrets: readonly string[];
  readonly volumes: readonly string[];
  readonly cap_drop: readonly string[];
  readonly read_only?: boolean;
}

test('the compose file mounts what is there, and lets nobody in from elsewhere', () => {
  const compose = yaml<{ services: Record<string, Service>; secrets: Record<string, unknown>; volumes: object }>(
    'compose.yaml',
  );
  assert.deepEqual(Object.keys(compose.services), ['minotaur', 'prometheus', 'grafana']);
  for (const [name, service] of Object.entries(compose.services)) {
    for (const port of service.ports) assert.match(port, /^127\.0\.0\.1:\d+:\d+$/, name);
    assert.deepEqual(service.cap_drop, ['ALL'], name);
    for (const secret of service.secrets) assert.ok(secret in compose.secrets, secret);
    for (const volume of service.volumes) {
      const [from] = volume.split(':');
      assert.ok(from.startsWith('./') ? existsSync(path(from)) : from in compose.volumes, `${name}: ${from}`);
    }
  }
  assert.equal(compose.services['minotaur'].read_only, true);
  const prometheus = yaml<{ scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[] }>(
    'prometheus.yml',
  );
  assert.deepEqual(prometheus.scrape_configs[0].static_configs[0].targets, ['minotaur:8080']);
  const source = yaml<{ datasources: { uid: string; url: string }[] }>(
    'grafana/provisioning/datasources/prometheus.yaml',
  );
  assert.deepEqual([source.datasources[0].uid, source.datasources[0].url], ['prometheus', 'http://prometheus:9090']);
  assert.doesNotMatch(read('grafana/dashboards/minotaur.json'), /"uid": "(?!prometheus"|minotaur")/);
});

/** Whether a program is on this machine; says so where it is not. */
function has(t: TestContext, program: string, ...args: readonly string[]): boolean {
  const there = spawnSync(program, [...args]).status === 0;
  if (!there) t.skip(`${program} ${args.join(' ')} is not on this machine`);
  return there;
}

function passes(program: string, ...args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(program, [...args], { encoding: 'utf8', cwd: folder });
  assert.equal(status, 0, stdout + stderr);
}

test('promtool takes the rules', (t) => {
  if (has(t, 'promtool', '--version')) passes('promtool', 'check', 'rules', path('alerts.yaml'));
});

test('docker compose takes the compose file', (t) => {
  if (has(t, 'docker', 'compose', 'version'))
    passes('docker', 'compose', '-f', path('compose.yaml'), 'config', '--quiet');
});

test('hadolint has nothing to say of the Dockerfile', (t) => {
  if (has(t, 'hadolint', '--version')) passes('hadolint', path('Dockerfile'));
});

const unit = read('minotaur.service');
test('systemd takes the unit, and it is closed', (t) => {
  assert.deepEqual(['DynamicUser', 'ProtectSystem', 'Restart', 'TimeoutStopSec', 'LimitNOFILE'].map(setting), [
    'yes',
    'strict',
    'on-failure',
    '60',
    '4096',
  ]);
  if (!has(t, 'systemd-analyze', '--version')) return;
  // The package is not where the unit has it.
  writeFileSync(at('minotaur.service'), unit.replaceAll('/usr/bin/node', process.execPath));
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', at('minotaur.service')], {
    encoding: 'utf8',
  });
  assert.deepEqual([status, stderr], [0, '']);
  const security = ['security', '--offline=true', '--threshold=20', at('minotaur.service')];
  const { status: closed, stdout } = spawnSync('systemd-analyze', security, { encoding: 'utf8' });
  assert.equal(closed, 0, stdout.slice(-200));
});

test('the Dockerfile is well formed, its last stage is no root, and its Node is ours', () => {
  assert.deepEqual(validate(read('Dockerfile')), []);
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  assert.equal(/^ARG NODE=(.*)$/m.exec(read('Dockerfile'))?.[1], devDependencies['node']);
  const last = dockerfile
    .getInstructions()
    .map((instruction) => `${instruction.getKeyword()} ${instruction.getArgumentsContent() ?? ''}`);
  assert.ok(last.lastIndexOf('USER node') > last.findLastIndex((line) => line.startsWith('FROM ')));
  for (const copied of dockerfile.getCOPYs().filter((copy) => copy.getFromFlag() === null))
    for (const source of copied.getArguments().slice(0, -1))
      assert.ok(existsSync(join(root, source.getValue())), source.getValue());
});
