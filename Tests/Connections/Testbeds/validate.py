"""usage: validate.py SCHEMA FILE...

Validates YAML files against a JSON schema, as an editor does. One line of JSON a file: null if it is valid, else a list of what is
wrong, each as the path of keys and the message; a file that is no YAML is wrong as a whole."""
import json
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """Single values as JSON has them: no dates, and no yes and no in place of true and false."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers
            if tag != "tag:yaml.org,2002:timestamp" and not (tag == "tag:yaml.org,2002:bool" and first not in "tTfF")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def problems(path, validator):
    try:
        with open(path, "rb") as file:
            document = yaml.load(file, Loader)
    except (yaml.YAMLError, ValueError) as error:
        return [["", str(error)]]
    return [[".".join(map(str, error.absolute_path)), error.message] for error in validator.iter_errors(document)] or None


with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft7Validator.check_schema(schema)
for path in sys.argv[2:]:
    print(json.dumps(problems(path, jsonschema.Draft7Validator(schema))))
