"""Gradient-boosted trees as the lines of a table: the form that scorer.h and line_scorer.h describe."""
import numpy as np


def float_at_most(limit):
    """The largest 32-bit float that is not over `limit`: so x <= limit says the same for floats."""
    value = np.float32(limit)
    return float(value if float(value) <= limit else np.nextafter(value, np.float32(-np.inf)))


def tree_line(tree, fact_index, limit_digits, leaf_digits):
    """One tree; splits in preorder."""
    splits, leaves = [], []

    def visit(node):
        if "leaf_value" in node:
            leaves.append(node["leaf_value"])
            return -len(leaves)
        place = len(splits)
        splits.append(None)
        left, right = visit(node["left_child"]), visit(node["right_child"])
        limit = float_at_most(node["threshold"])
        splits[place] = f"{fact_index(node['split_feature'])} {limit:.{limit_digits}g} {left} {right}"
        return place

    visit(tree)
    values = " ".join(f"{value:.{leaf_digits}g}" for value in leaves)
    return " ".join(["tree", str(len(splits)), *splits, values])


def lines(model, used, limit_digits=9, leaf_digits=5):
    """A line a tree of a LightGBM model. `used` gets the facts that the trees use, numbered as they come."""
    return [tree_line(info["tree_structure"], lambda i: used.setdefault(i, len(used)), limit_digits, leaf_digits)
            for info in model.dump_model()["tree_info"]]
