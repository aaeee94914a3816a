/** Networks by the kinds of the section `model`. */
import type { Network } from '../layers/network.ts';
import { linear, mlp, type MlpSettings } from './mlp.ts';

export type NetworkSettings = { readonly kind: 'linear' } | ({ readonly kind: 'mlp' } & MlpSettings);

export function networkOf(settings: NetworkSettings): Network {
  switch (settings.kind) {
    case 'linear':
      return linear();
    case 'mlp':
      return mlp(settings);
  }
}
