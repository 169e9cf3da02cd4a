using System.Collections.Frozen;
using System.Text.Json;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ssm;

/// <summary>Systems Manager's operations in JSON 1.1.</summary>
internal static class SsmService
{
    private static readonly FrozenDictionary<string, Action<Call, JsonElement, Utf8JsonWriter>> Operations =
        new Dictionary<string, Action<Call, JsonElement, Utf8JsonWriter>>
        {
            ["SendCommand"] = SendCommand.Send,
            ["CancelCommand"] = SendCommand.Cancel,
            ["GetCommandInvocation"] = Invocations.Get,
            ["ListCommandInvocations"] = Invocations.List,
            ["DescribeInstanceInformation"] = InstanceInformation.Describe,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static void Answer(Call call, PooledBuffer output)
    {
        if (!Operations.TryGetValue(call.Action, out var operation))
            throw new AwsError(400, "UnknownOperationException", $"The action {call.Action} is not valid for this web service.");
        using var body = Parse(call.Body);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        operation(call, body.RootElement, json);
        json.WriteEndObject();
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var document = JsonDocument.Parse(body.IsEmpty ? "{}"u8.ToArray() : body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // Answered below, as for any other text that is no object.
        }

        throw new AwsError(400, "SerializationException", "The request is no JSON object.");
    }
}
