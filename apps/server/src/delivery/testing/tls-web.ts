import { createServer } from 'node:https';

// Made for 127.0.0.1 and signed by itself: good for nothing but tests.
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQge7DzDjKR5Fifwa8r
m5apA1TEXH1OFTtYP26nmMyjJH6hRANCAAS0V5uUKdFx5dH5ebJiO7JnnYDvmvfC
7oKOBfAm7pgrgqKbDup2U/wvFxvhZG8u1y3Bkq8x+Wx+dcQf7UxbB6N2
-----END PRIVATE KEY-----`;
const certificate = `-----BEGIN CERTIFICATE-----
MIIBkDCCATagAwIBAgIULz0QsKRScYOAjbAO+Ibz9rK55e0wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyMzAzNDYyNloYDzIxMjYxMDMw
MDM0NjI2WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAS0V5uUKdFx5dH5ebJiO7JnnYDvmvfC7oKOBfAm7pgrgqKbDup2U/wv
FxvhZG8u1y3Bkq8x+Wx+dcQf7UxbB6N2o2QwYjAdBgNVHQ4EFgQUqc2NRZ8mYUGj
iBbKALghXFaq818wHwYDVR0jBBgwFoAUqc2NRZ8mYUGjiBbKALghXFaq818wDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUC
IGLq8cYAo4EcFE1oLwxCeRMcOe5asou1grPdO3OGnmf9AiEA7WG9nGOPB6Ac/aNk
APm70cZA99zZkEJFYJFhbhIhhZ8=
-----END CERTIFICATE-----`;

/** A web server behind TLS with a certificate that nobody signed; it takes every call. */
export async function startTlsWeb() {
  const server = createServer({ key, cert: certificate }, (request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(204).end());
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `https://127.0.0.1:${port}/send`,
    certificate,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
