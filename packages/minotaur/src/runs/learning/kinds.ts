/** What `train` can train, apart from the run itself: a command line that names the kinds answers at once. */
export { MODEL_KINDS } from 'minotaur-core/internal/model/kinds';
