// Serves ClickHouse, which the package chdb has as a library, by that part of its HTTP interface which the test uses: a
// statement in the body, `database` and `default_format` in the address. Prints its address when it listens.
import { createServer } from 'node:http';
import { Session } from 'chdb';

const session = new Session();
const server = createServer(async (request, response) => {
  const parameters = new URL(request.url, 'http://localhost').searchParams;
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  try {
    session.query(`USE ${parameters.get('database')}`);
    response.end(session.query(Buffer.concat(chunks).toString(), parameters.get('default_format')));
  } catch (failure) {
    response.statusCode = 400;
    response.end(String(failure.message));
  }
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => {
  session.cleanup();
  process.exit();
});
