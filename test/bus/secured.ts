/** A broker that speaks to nobody in the clear: certificates that are made here, users with passwords, clients with certificates. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBrokers, type Brokers } from './brokers.ts';

const BASE = 19_290;
/** Of clients with certificates. */
const MUTUAL = BASE + 20;
export const USER = { username: 'minotaur', password: 'a secret' } as const;

export interface Secured {
  readonly brokers: Brokers;
  /** `host:port` for clients with certificates. */
  readonly mutual: string;
  /** Files of certificates and keys: of an authority, of a client of it, and of another authority. */
  readonly files: Readonly<Record<'ca' | 'cert' | 'key' | 'otherCa', string>>;
}

/** Why there are no certificates here; undefined where there can be. */
export const whyNoCertificates = (): string | undefined =>
  spawnSync('openssl', ['version']).status === 0 ? undefined : 'no openssl';

function openssl(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
}

const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'] as const;

/** Makes an authority, and what it says of others. */
function authority(directory: string, name: string) {
  const [cert, key] = [join(directory, `${name}.pem`), join(directory, `${name}.key`)];
  openssl('req', '-x509', ...EC, '-keyout', key, '-out', cert, '-subj', `/CN=${name}`, '-days', '2');
  return {
    cert,
    signed(who: string) {
      const own = { cert: join(directory, `${who}.pem`), key: join(directory, `${who}.key`) };
      const names = join(directory, `${who}.ext`);
      writeFileSync(names, 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
      const request = join(directory, `${who}.csr`);
      openssl('req', ...EC, '-keyout', own.key, '-out', request, '-subj', `/CN=${who}`);
      const by = ['-CA', cert, '-CAkey', key, '-CAcreateserial', '-days', '2', '-extfile', names];
      openssl('x509', '-req', '-in', request, '-out', own.cert, ...by);
      return own;
    },
  };
}

/** Starts one: users by SCRAM or PLAIN over TLS, and clients with certificates at another port. */
export async function startSecured(directory: string): Promise<Secured> {
  const own = authority(directory, 'own');
  const other = authority(directory, 'other');
  const broker = own.signed('broker');
  const client = own.signed('client');
  const store = join(directory, 'store.pem');
  writeFileSync(store, readFileSync(broker.key, 'utf8') + readFileSync(broker.cert, 'utf8'));
  const at = (port: number, name: string): string => `${name}://127.0.0.1:${port}`;
  const clients = `${at(BASE + 1, 'CLIENTS')},${at(MUTUAL, 'MUTUAL')},${at(BASE + 201, 'INNER')}`;
  const login = 'org.apache.kafka.common.security';
  const MORE = `listeners=${clients},${at(BASE + 101, 'CONTROLLER')}
advertised.listeners=${clients}
listener.security.protocol.map=CONTROLLER:PLAINTEXT,INNER:PLAINTEXT,CLIENTS:SASL_SSL,MUTUAL:SSL
ssl.keystore.type=PEM
ssl.keystore.location=${store}
ssl.truststore.type=PEM
ssl.truststore.location=${own.cert}
listener.name.mutual.ssl.client.auth=required
sasl.enabled.mechanisms=SCRAM-SHA-256,SCRAM-SHA-512,PLAIN
listener.name.clients.scram-sha-256.sasl.jaas.config=${login}.scram.ScramLoginModule required;
listener.name.clients.scram-sha-512.sasl.jaas.config=${login}.scram.ScramLoginModule required;
listener.name.clients.plain.sasl.jaas.config=${login}.plain.PlainLoginModule required user_${USER.username}="${USER.password}";`;
  const scram = ['SCRAM-SHA-256', 'SCRAM-SHA-512'].map(
    (mechanism) => `${mechanism}=[name=${USER.username},password=${USER.password}]`,
  );
  const brokers = await startBrokers(directory, 1, BASE, { MORE, SCRAM: scram.join('\n') });
  const files = { ca: own.cert, ...client, otherCa: other.cert };
  return { brokers, mutual: `127.0.0.1:${MUTUAL}`, files };
}
