// Hooks of Dredd: the token, and for each documented status the request that is answered with it.
const hooks = require("hooks");

const UNKNOWN = "00000000-0000-4000-8000-000000000000";
const UPDATING = "3f6c0d6e-5d0b-4e58-9a54-0b8c1d7c2e11";
const PLACE = /(address-groups|instances)\/[0-9a-f-]{36}/;

function change(transaction, edit) {
  const body = JSON.parse(transaction.request.body);
  edit(body);
  transaction.request.body = JSON.stringify(body);
}

function move(transaction, id) {
  transaction.fullPath = transaction.fullPath.replace(PLACE, `$1/${id}`);
}

const prepare = {
  200: () => {},
  202: (transaction) => {
    if (PLACE.exec(transaction.fullPath)[1] === "address-groups")
      change(transaction, (body) => { body.dry_run = true; });
  },
  400: (transaction) => {
    if (transaction.request.method === "GET") move(transaction, "none");
    else change(transaction, (body) => { Object.assign(body, { address_group: { name: "a".repeat(65) }, nics: 1 }); });
  },
  401: (transaction) => { delete transaction.request.headers["X-Auth-Token"]; },
  404: (transaction) => { move(transaction, UNKNOWN); },
  409: (transaction) => { move(transaction, UPDATING); },
};

// An example of an error may hold members that an answer need not have.
function withoutOptional(transaction) {
  if (!transaction.expected.body) return;
  const body = JSON.parse(transaction.expected.body);
  if (body.error_code !== undefined) delete body.request_id;
  transaction.expected.body = JSON.stringify(body);
}

hooks.beforeEach((transaction, done) => {
  const status = transaction.expected.statusCode;
  transaction.request.headers["X-Auth-Token"] = "conformance-token";
  if (prepare[status]) {
    transaction.skip = false;
    prepare[status](transaction);
    withoutOptional(transaction);
  } else {
    transaction.skip = true; // 403 is 404 here, and nobody makes a server fail on purpose
  }
  done();
});
