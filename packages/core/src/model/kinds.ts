/** What `train` can train, by name; without the schema, so that a command line answers at once. */
export const MODEL_KINDS = ['trees', 'logistic', 'cnn-transformer', 'tcn', 'gru', 'mlp', 'linear', 'module'] as const;
