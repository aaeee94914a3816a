/** Networks by the kinds of the section `model`. */
import type { Network } from '../layers/network.ts';
import { cnnTransformer, type CnnTransformerSettings } from './cnn-transformer.ts';
import { linear, mlp, type MlpSettings } from './mlp.ts';
import { gruNetwork, tcn, type GruSettings, type TcnSettings } from './sequences.ts';

/** A kind of network and what it is like. */
export type NetworkSettings =
  | { readonly kind: 'linear' }
  | ({ readonly kind: 'mlp' } & MlpSettings)
  | ({ readonly kind: 'tcn' } & TcnSettings)
  | ({ readonly kind: 'gru' } & GruSettings)
  | ({ readonly kind: 'cnn-transformer' } & CnnTransformerSettings);

/** The network of a kind and its settings. */
export function networkOf(settings: NetworkSettings): Network {
  switch (settings.kind) {
    case 'linear':
      return linear();
    case 'mlp':
      return mlp(settings);
    case 'tcn':
      return tcn(settings);
    case 'gru':
      return gruNetwork(settings);
    case 'cnn-transformer':
      return cnnTransformer(settings);
  }
}
