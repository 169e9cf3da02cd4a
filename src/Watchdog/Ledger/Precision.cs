namespace Watchdog.Ledger;

/// <summary>How often a detector was right, by what people ruled, and how sure that is.</summary>
/// <param name="Right">Cases ruled true_positive.</param>
/// <param name="Wrong">Cases ruled false_positive or benign_positive: whoever was hit had done nothing wrong. Duplicates and indeterminate ones count for neither.</param>
/// <param name="Share">Right of both, 0 to 1; NaN where nobody has ruled, which is neither right nor wrong.</param>
/// <param name="Low">Lower end of the 95 % interval (Wilson's, which holds for few rulings too); 0 where nobody has ruled.</param>
/// <param name="High">Its upper end; 1 where nobody has ruled.</param>
public sealed record Precision(int Right, int Wrong, double Share, double Low, double High)
{
    // The normal distribution's quantile of 97.5 %.
    private const double Z = 1.959963984540054;

    /// <summary>Measured from counts of rulings, the latest of each case.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static Precision Of(int right, int wrong)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(right);
        ArgumentOutOfRangeException.ThrowIfNegative(wrong);
        double n = (double)right + wrong;
        if (n == 0)
        {
            return new(0, 0, double.NaN, 0, 1);
        }

        var share = right / n;
        var middle = (share + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var half = Z / (1 + (Z * Z / n)) * Math.Sqrt((share * (1 - share) / n) + (Z * Z / (4 * n * n)));
        return new(right, wrong, share, wrong == n ? 0 : Math.Max(0, middle - half), right == n ? 1 : Math.Min(1, middle + half));
    }
}
