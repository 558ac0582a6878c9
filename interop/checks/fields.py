"""Fields of the integration-test JSON, in the form in which they are compared."""


def normal_field(field):
    """A field of a JSON file without what is not compared: dictionary ids, names below a map, the order of metadata."""
    kind = dict(field["type"])
    if kind["name"] == "decimal":
        kind.setdefault("bitWidth", 128)
    result = {"name": field["name"], "type": kind, "nullable": field["nullable"]}
    result["children"] = [normal_field(child) for child in field["children"]]
    if kind["name"] == "map":
        entries = result["children"][0]
        for anonymous in [entries, *entries["children"]]:
            anonymous["name"] = ""
        entries["nullable"] = False
    if field.get("dictionary"):
        result["dictionary"] = {k: v for k, v in field["dictionary"].items() if k != "id"}
    result["metadata"] = {m["key"]: m["value"] for m in field.get("metadata") or []}
    return result
