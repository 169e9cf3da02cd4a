using System.Diagnostics.CodeAnalysis;
using Amazon.Runtime;

namespace Amazon.CloudWatch;

/// <summary>Orders of points.</summary>
public class ScanBy(string value) : ConstantClass(value)
{
    public static readonly ScanBy TimestampAscending = new("TimestampAscending");
    public static readonly ScanBy TimestampDescending = new("TimestampDescending");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static ScanBy? FindValue(string? value) => FindValue<ScanBy>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator ScanBy?(string? value) => FindValue(value);
}

/// <summary>How whole a result is.</summary>
public class StatusCode(string value) : ConstantClass(value)
{
    public static readonly StatusCode Complete = new("Complete");
    public static readonly StatusCode Forbidden = new("Forbidden");
    public static readonly StatusCode InternalError = new("InternalError");
    public static readonly StatusCode PartialData = new("PartialData");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static StatusCode? FindValue(string? value) => FindValue<StatusCode>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator StatusCode?(string? value) => FindValue(value);
}

/// <summary>Units of a metric.</summary>
public class StandardUnit(string value) : ConstantClass(value)
{
    public static readonly StandardUnit Bits = new("Bits");
    public static readonly StandardUnit BitsSecond = new("Bits/Second");
    public static readonly StandardUnit Bytes = new("Bytes");
    public static readonly StandardUnit BytesSecond = new("Bytes/Second");
    public static readonly StandardUnit Count = new("Count");
    public static readonly StandardUnit CountSecond = new("Count/Second");
    public static readonly StandardUnit Gigabits = new("Gigabits");
    public static readonly StandardUnit GigabitsSecond = new("Gigabits/Second");
    public static readonly StandardUnit Gigabytes = new("Gigabytes");
    public static readonly StandardUnit GigabytesSecond = new("Gigabytes/Second");
    public static readonly StandardUnit Kilobits = new("Kilobits");
    public static readonly StandardUnit KilobitsSecond = new("Kilobits/Second");
    public static readonly StandardUnit Kilobytes = new("Kilobytes");
    public static readonly StandardUnit KilobytesSecond = new("Kilobytes/Second");
    public static readonly StandardUnit Megabits = new("Megabits");
    public static readonly StandardUnit MegabitsSecond = new("Megabits/Second");
    public static readonly StandardUnit Megabytes = new("Megabytes");
    public static readonly StandardUnit MegabytesSecond = new("Megabytes/Second");
    public static readonly StandardUnit Microseconds = new("Microseconds");
    public static readonly StandardUnit Milliseconds = new("Milliseconds");
    public static readonly StandardUnit None = new("None");
    public static readonly StandardUnit Percent = new("Percent");
    public static readonly StandardUnit Seconds = new("Seconds");
    public static readonly StandardUnit Terabits = new("Terabits");
    public static readonly StandardUnit TerabitsSecond = new("Terabits/Second");
    public static readonly StandardUnit Terabytes = new("Terabytes");
    public static readonly StandardUnit TerabytesSecond = new("Terabytes/Second");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static StandardUnit? FindValue(string? value) => FindValue<StandardUnit>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator StandardUnit?(string? value) => FindValue(value);
}
