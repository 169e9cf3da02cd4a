using System.Collections;
using System.Globalization;
using System.Text;
using Amazon.Runtime;

namespace Watchdog.AwsClients.Tests.Golden;

/// <summary>A response as text: one line for each value that is not null, by path. An empty list is a value.</summary>
internal static class Dump
{
    private static readonly string[] Inherited = ["ContentLength", "HttpStatusCode", "ResponseMetadata"];

    public static string Of(AmazonWebServiceResponse response)
    {
        var text = new StringBuilder();
        text.Append("RequestId = ").Append(response.ResponseMetadata?.RequestId).Append('\n');
        foreach (var property in response.GetType().GetProperties().Where(p => !Inherited.Contains(p.Name)))
            Append(text, property.Name, property.GetValue(response));
        return text.ToString();
    }

    private static void Append(StringBuilder text, string path, object? value)
    {
        switch (value)
        {
            case null: break;
            case string s: Line(text, path, $"\"{Escape(s)}\""); break;
            case ConstantClass c: Line(text, path, c.Value); break;
            case DateTime t: Line(text, path, t.ToString("O", CultureInfo.InvariantCulture)); break;
            case IFormattable f: Line(text, path, f.ToString(null, CultureInfo.InvariantCulture)); break;
            case bool b: Line(text, path, b ? "true" : "false"); break;
            case IDictionary map:
                foreach (DictionaryEntry entry in map)
                    Append(text, $"{path}[{entry.Key}]", entry.Value);
                break;
            case IList { Count: 0 }: Line(text, path, "[]"); break;
            case IList list:
                for (var i = 0; i < list.Count; i++)
                    Append(text, $"{path}[{i}]", list[i]);
                break;
            default:
                foreach (var property in value.GetType().GetProperties())
                    Append(text, $"{path}.{property.Name}", property.GetValue(value));
                break;
        }
    }

    private static void Line(StringBuilder text, string path, string value) => text.Append(path).Append(" = ").Append(value).Append('\n');

    private static string Escape(string s) => s.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal);
}
