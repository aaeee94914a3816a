/** What training makes small: a loss of every row, from what the network gives for it and what happened. */
import type { Tensor } from '../../onnx/graph/tensor.ts';

/** A loss of rows; that of a batch is their mean. */
export interface Loss {
  /** What it is called. */
  readonly name: string;
  /** Loss of each row [B, 1] from logits [B, K] and labels [B, 1]: a class's index, or a value. */
  each(logits: Tensor, labels: Tensor): Tensor;
}
