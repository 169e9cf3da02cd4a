using System.Reflection;

namespace Watchdog.AwsClients.Tests.Surface;

/// <summary>An assembly's public surface as lines: a type, then its own members, each as <c>Namespace.Type | member</c>.</summary>
internal static class Surface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes()
        .SelectMany(type => Members(type).Order(StringComparer.Ordinal).Prepend(Kind(type)).Select(member => $"{type.FullName} | {member}"))
        .Order(StringComparer.Ordinal);

    private static string Kind(Type type)
    {
        var bases = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Except(type.GetInterfaces().SelectMany(i => i.GetInterfaces()));
        var all = (type.BaseType is { } parent && parent != typeof(object) ? [parent] : Array.Empty<Type>()).Concat(bases.OrderBy(i => i.Name, StringComparer.Ordinal));
        var kind = type.IsInterface ? "interface" : "class";
        return all.Any() ? $"{kind} : {string.Join(", ", all.Select(Name))}" : kind;
    }

    private static IEnumerable<string> Members(Type type) =>
        type.GetConstructors(Declared).Where(Visible).Select(c => $"new({Parameters(c)})")
            .Concat(type.GetFields(Declared).Where(f => f.IsPublic).Select(f => $"{(f.IsStatic ? "static readonly " : "")}{Name(f.FieldType)} {f.Name}"))
            .Concat(type.GetProperties(Declared).Where(p => Visible(p.GetMethod!)).Select(Property))
            .Concat(type.GetMethods(Declared).Where(m => Visible(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal))).Select(Method));

    private static bool Visible(MethodBase m) => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly;

    private static string Property(PropertyInfo p) =>
        $"{Modifiers(p.GetMethod!)}{Name(p.PropertyType)} {p.Name} {{ get; {(p.SetMethod is { } set && Visible(set) ? "set; " : "")}}}";

    private static string Method(MethodInfo m) => $"{Modifiers(m)}{Name(m.ReturnType)} {m.Name}({Parameters(m)})";

    private static string Modifiers(MethodInfo m) => (m.IsPublic ? "" : "protected ") + (m.IsStatic ? "static " : "");

    private static string Parameters(MethodBase m) =>
        string.Join(", ", m.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? " = default" : "")}"));

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        return type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
    }
}
