package dev.limber.learning.replay;

import java.util.Arrays;

/// Non-negative weights that are drawn from in logarithmic time: a complete binary tree in one array, each node the sum of
/// its two children (Schaul et al. 2016, appendix B.2.1).
///
/// A change computes every sum above it anew instead of adding a difference, so the sums depend on the weights alone
/// and no error ever piles up.
final class SumTree {

    private final int leaves;
    // Node 1 is the root, the children of i are 2i and 2i + 1, the leaves are the second half.
    private final double[] nodes;

    SumTree(int size) {
        leaves = size <= 1 ? 1 : Integer.highestOneBit(size - 1) << 1;
        nodes = new double[2 * leaves];
    }

    double total() {
        return nodes[1];
    }

    double get(int leaf) {
        return nodes[leaves + leaf];
    }

    void set(int leaf, double weight) {
        int node = leaves + leaf;
        nodes[node] = weight;
        for (node >>= 1; node > 0; node >>= 1) {
            nodes[node] = nodes[2 * node] + nodes[2 * node + 1];
        }
    }

    /// The leaf in which the running sum of weights passes `mass`, from 0 to the total; never one of weight 0 unless all
    /// are.
    int find(double mass) {
        double rest = mass;
        int node = 1;
        while (node < leaves) {
            node *= 2;
            double left = nodes[node];
            if (rest >= left && nodes[node + 1] > 0) {
                rest -= left;
                node++;
            }
        }
        return node - leaves;
    }

    /// The weights, a copy [size].
    double[] weights(int size) {
        return Arrays.copyOfRange(nodes, leaves, leaves + size);
    }

    void setAll(double[] weights) {
        System.arraycopy(weights, 0, nodes, leaves, weights.length);
        Arrays.fill(nodes, leaves + weights.length, nodes.length, 0);
        for (int node = leaves - 1; node > 0; node--) {
            nodes[node] = nodes[2 * node] + nodes[2 * node + 1];
        }
    }
}
