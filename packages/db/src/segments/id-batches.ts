import type { CustomerId } from '@mini-crm/domain';
import type { Document } from 'mongodb';

// Ids of one batch; and candidates whose facts are read at once where the evaluator has to finish.
const batchSize = 500;

/** The `_id`s of documents, which are customers', in batches; none is empty. */
export async function* idBatches(documents: AsyncIterable<Document>): AsyncGenerator<CustomerId[]> {
  let batch: CustomerId[] = [];
  for await (const { _id } of documents) {
    batch.push(_id);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
