using System.Globalization;
using System.Text;
using Amazon.Runtime;

namespace Amazon.Wire;

/// <summary>
/// The body of a query request. Members that are null are left out, and so is an empty list: EC2 has no notation for it.
/// Lists are numbered from 1 (<c>InstanceId.1</c>).
/// </summary>
internal sealed class QueryForm
{
    private readonly StringBuilder text = new(256);

    internal QueryForm(string action, string version)
    {
        Add("Action", action);
        Add("Version", version);
    }

    internal void Add(string name, string? value)
    {
        if (value is null)
            return;
        if (text.Length > 0)
            text.Append('&');
        text.Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }

    internal void Add(string name, ConstantClass? value) => Add(name, value?.Value);

    internal void Add(string name, bool? value) => Add(name, value switch { true => "true", false => "false", null => null });

    internal void Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    internal void AddList(string name, List<string>? values)
    {
        for (var i = 0; i < (values?.Count ?? 0); i++)
            Add($"{name}.{i + 1}", values![i]);
    }

    /// <summary>Adds a list of structures; <paramref name="write"/> gets each one with its numbered prefix, a dot at the end.</summary>
    internal void AddList<T>(string name, List<T>? values, Action<QueryForm, string, T> write)
    {
        for (var i = 0; i < (values?.Count ?? 0); i++)
            write(this, $"{name}.{i + 1}.", values![i]);
    }

    internal byte[] ToBytes() => Encoding.ASCII.GetBytes(text.ToString());
}
