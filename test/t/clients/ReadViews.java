import java.nio.file.*;
import java.sql.*;
import java.util.*;

/** Prints what the JDBC driver makes of queries: ReadViews URL FILE, one query a line. */
public class ReadViews {
	/** A value as StudyNode.pm prints it. */
	static String text(Object value) throws SQLException {
		if (value == null) {
			return "\\N";
		} else if (value instanceof Double) {
			return String.format("%016x", Double.doubleToRawLongBits((Double) value));
		} else if (value instanceof Array) {
			return "{" + String.join(",", (String[]) ((Array) value).getArray()) + "}";
		}
		return value.toString();
	}

	public static void main(String[] arguments) throws Exception {
		System.setOut(new java.io.PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), false, "UTF-8"));
		try (Connection connection = DriverManager.getConnection(arguments[0])) {
			connection.setAutoCommit(false);
			for (String query : Files.readAllLines(Paths.get(arguments[1]))) {
				try (PreparedStatement statement = connection.prepareStatement(query)) {
					statement.setFetchSize(100);
					ResultSet rows = statement.executeQuery();
					ResultSetMetaData columns = rows.getMetaData();
					int n = columns.getColumnCount();
					StringJoiner types = new StringJoiner(" ");
					for (int i = 1; i <= n; i++) {
						String name = columns.getColumnClassName(i);
						types.add(JDBCType.valueOf(columns.getColumnType(i)) + "/" + name.substring(name.lastIndexOf('.') + 1));
					}
					System.out.println("# " + types);
					while (rows.next()) {
						StringJoiner line = new StringJoiner("|");
						for (int i = 1; i <= n; i++) {
							line.add(text(rows.getObject(i)));
						}
						System.out.println(line);
					}
				}
			}
			// what the catalogue says of them, as a BI tool asks it
			ResultSet tables = connection.getMetaData().getTables(null, "kazakhstan", "%", null);
			while (tables.next()) {
				if (!tables.getString("TABLE_TYPE").endsWith("INDEX")) {
					System.out.println("table " + tables.getString("TABLE_NAME") + ", " + tables.getString("TABLE_TYPE") + ", "
						+ (tables.getString("REMARKS") == null ? "no remark" : "remark"));
				}
			}
			ResultSet columns = connection.getMetaData().getColumns(null, "kazakhstan", "%", "%");
			int none = 0;
			while (columns.next()) {
				if (columns.getString("REMARKS") == null) {
					none++;
				}
			}
			System.out.println("columns without a remark: " + none);
		}
		System.out.flush();
	}
}
